import { expect, it } from "@jest/globals";
import { claimLink } from "../../../src/core/holding/claim-link.ts";
import { parseClaimCode } from "../../../src/core/identifiers/claim-code.ts";
import type { ClaimCodeText } from "../../../src/core/identifiers/claim-code.ts";

const code = parseClaimCode("0000000000000000") as ClaimCodeText;

it.each(["https://wallet.example", "https://wallet.example/"])(
  "the claim link of %s holds endpoint and code behind #, where no server sees them",
  (wallet) => {
    expect(claimLink(wallet, "claim.example:8090", code)).toBe(
      "https://wallet.example/claim#at=claim.example%3A8090&code=0000-0000-0000-0000",
    );
  },
);
