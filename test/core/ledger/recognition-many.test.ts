import { expect, it } from "@jest/globals";
import { loadPrimitives } from "../../../src/adapters/hashing/primitives.ts";
import { decideRecognition, explainRecognition } from "../../../src/core/ledger/recognition.ts";
import { HANGZHOU, MARRIAGE, NOW, tellUsualStory } from "../../support/ledger-story.ts";

const primitives = await loadPrimitives();

it("looks at the rules of the counter's own regions alone, however many others have", () => {
  const story = tellUsualStory(primitives);
  const question = { recognising: HANGZHOU.region, recognised: "460200", type: MARRIAGE, at: NOW };
  const before = decideRecognition(story.state, question);
  for (let i = 0; i < 500; i++) story.addRule({ recognising: "440300", effect: "deny" });
  let looked = 0;
  const { rulesOf } = story.state;
  const counting = new Proxy(rulesOf, {
    get: (target, name) => {
      if (name !== "get") return Reflect.get(target, name) as unknown;
      return (region: string) => {
        const rules = target.get(region);
        looked += rules?.length ?? 0;
        return rules;
      };
    },
  });
  const state = { ...story.state, rulesOf: counting };
  expect(decideRecognition(state, question)).toEqual(before);
  expect(looked).toBeLessThan(10);
  expect(explainRecognition(state, question).considered).toHaveLength(501);
});
