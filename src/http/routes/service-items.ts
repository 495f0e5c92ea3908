/** GET /v1/service-items: what each matter may ask of whom. */
import { tellItems } from "../../app/counter/told-items.ts";
import type { ToldItem } from "../../app/counter/told-items.ts";
import { EXAMPLE_TYPE } from "../openapi/examples.ts";
import { TYPE_CODE } from "../openapi/identifiers.ts";
import { defineRoute } from "../route.ts";

const example: ToldItem = {
  code: "460200-MZ-001",
  names: { zh: "婚姻登记信息查询", en: "Marriage registration inquiry" },
  requiresHolder: true,
  causes: ["办理婚姻登记信息查询"],
  types: [
    {
      type: EXAMPLE_TYPE,
      typeName: { zh: "结婚证", en: "Marriage certificate" },
      claims: [
        {
          name: "holderName",
          words: { zh: "持证人姓名", en: "Holder's name" },
          sensitivity: "personal",
        },
      ],
      allowed: ["holderName"],
      required: ["holderName"],
    },
  ],
};

export const listServiceItems = defineRoute<{ readonly type?: string }>(
  {
    method: "get",
    path: "/v1/service-items",
    operationId: "listServiceItems",
    tag: "verification",
    summary: "事项列表",
    description:
      "The service items of this service: which certificates a matter may ask for, which of their claims, and why " +
      "it usually does. So a holder can see what a counter has a right to.",
    parameters: [
      {
        name: "type",
        in: "query",
        schema: TYPE_CODE,
        description: "Only items that may ask for this certificate type (证照类型代码).",
      },
    ],
    answer: {
      schema: "ServiceItemList",
      examples: { items: { items: [example] } },
      description: "The service items, in the order of the service's own list.",
    },
    caching: "content",
    roles: ["anyone"],
    problems: ["PARAMETER_INVALID"],
  },
  ({ service: { desk }, parameters: { type } }) => ({ items: tellItems(desk, type) }),
);
