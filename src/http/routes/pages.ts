/** GET /v1/pages: what the pages of this service need to know of it. */
import { Problem } from "../../core/problem.ts";
import { defineRoute } from "../route.ts";

export const showPages = defineRoute<unknown>(
  {
    method: "get",
    path: "/v1/pages",
    operationId: "showPages",
    tag: "service",
    summary: "页面设置",
    description:
      "Under which name this service is known, from which agencies' endpoints its wallet may fetch " +
      "certificates, and whom to call for help.",
    parameters: [],
    answer: {
      schema: "PageSettings",
      examples: {
        one: {
          host: "verify.example.gov.cn",
          endpoints: [
            {
              agency: "11460000008172844D",
              name: "海南省住房和城乡建设厅",
              url: "https://wallet.example.gov.cn",
            },
          ],
          help: { name: "12345 政务服务便民热线", phone: "12345" },
          version: "0.1.0",
        },
      },
      description: "The settings.",
    },
    roles: ["anyone"],
    problems: ["NOT_FOUND"],
  },
  ({ service: { pages, version } }) => {
    if (pages === undefined) throw new Problem("NOT_FOUND", "this service has no pages");
    const { host, endpoints, help } = pages;
    return { host, endpoints, help, version };
  },
);
