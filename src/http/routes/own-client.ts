/** GET /v1/client: who a credential says that its bearer is. */
import type { Client } from "../../app/access/access.ts";
import { defineRoute } from "../route.ts";

type OwnClient = Pick<Client, "id" | "name" | "role" | "region" | "serviceItems">;

const example: OwnClient = {
  ...{ id: "C-7F3K2Q9X", name: "三亚市政务服务中心3号窗口" },
  ...{ role: "counter", region: "460200", serviceItems: null },
};

export const showOwnClient = defineRoute(
  {
    method: "get",
    path: "/v1/client",
    operationId: "showOwnClient",
    tag: "service",
    summary: "本调用方",
    description:
      "The client that the credential belongs to, so that a counter need not be told its own name: its region and " +
      "its name are what presentations are judged for.",
    parameters: [],
    answer: { schema: "OwnClient", examples: { counter: example }, description: "The client." },
    roles: ["counter", "agency", "authority", "auditor", "administrator"],
    problems: [],
  },
  ({ caller }): OwnClient => {
    const { id, name, role, region, serviceItems } = caller.client as Client;
    return { id, name, role, region, serviceItems };
  },
);
