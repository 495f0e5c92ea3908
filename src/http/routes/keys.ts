/** GET /v1/keys: the public keys that receipts and trust packs are checked with. */
import { defineRoute } from "../route.ts";

const coordinate = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8";

export const showKeys = defineRoute(
  {
    method: "get",
    path: "/v1/keys",
    operationId: "showKeys",
    tag: "service",
    summary: "服务的公钥",
    description:
      "A JWK set. The key that signs now comes first; those of before stay, so that what they signed can be checked.",
    parameters: [],
    answer: {
      schema: "ServiceKeys",
      examples: {
        keys: {
          keys: [
            {
              ...{ kty: "EC", crv: "P-256", use: "sig", alg: "ES256" },
              ...{ kid: coordinate, x: coordinate, y: coordinate },
            },
          ],
        },
      },
      description: "The keys.",
    },
    roles: ["anyone"],
    caching: "content",
    problems: [],
  },
  ({ service }) => service.uses.keySet(),
);
