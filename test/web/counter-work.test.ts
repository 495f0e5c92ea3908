/** The work of a counter beside judging: many files, asking, telling afterwards, and a verdict in page words. */
import { describe, expect, jest, test } from "@jest/globals";
import { ServiceProblem, ServiceUnreachable } from "../../clients/javascript/src/index.ts";
import { answerOf } from "../../src/app/answer.ts";
import type { Answer } from "../../src/app/answer.ts";
import type { OfflineUse } from "../../src/app/uses/offline-use.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import type { Given } from "../../src/core/verify/case.ts";
import type { UntoldUses } from "../../src/web/judging/judging-store.ts";
import { awaitAnswer } from "../../src/web/pages/counter/await-answer.ts";
import type { BatchRow } from "../../src/web/pages/counter/batch-run.ts";
import { runBatch, toTsv } from "../../src/web/pages/counter/batch-run.ts";
import { tellAll } from "../../src/web/pages/counter/told-uses.ts";
import type { DeskVerdict } from "../../src/web/pages/counter/desk.ts";
import type { Dropped } from "../../src/web/scanning/dropped-file.ts";
import { mustCompare, pageVerdict } from "../../src/web/parts/verdict-words.ts";
import { PLAIN, STRICT, usualCase } from "../support/usual-case.ts";

const usual = usualCase(await loadPrimitives());
function answer(
  given: Given,
  request = PLAIN,
  view: ReturnType<typeof usual.story.view> | null = usual.story.view(),
): Answer {
  return answerOf({ verdict: usual.judge(given, request, view), view, request });
}

function refusal(code: "QUOTA_EXCEEDED" | "BODY_MALFORMED"): ServiceProblem {
  return new ServiceProblem({
    ...{ code, status: 400, type: "", title: "", instance: "" },
    words: { zh: "今日额度已用完", en: "quota" },
    remedy: { zh: "明日再试", en: "tomorrow" },
  });
}

function verdict(given: Given): DeskVerdict {
  return { answer: answer(given), masked: [], source: "service", receipt: "3f6a0c21b9d4-1", at: 0 };
}

describe("a verdict in page words", () => {
  test("is 有效, or the first check that stands against it and what to do", () => {
    expect(pageVerdict(answer(usual.signed(), STRICT))).toMatchObject({
      ...{ word: "valid", words: { zh: "有效" }, reason: null, remedy: null },
    });
    const late = { ...PLAIN, now: PLAIN.now + 10 * 365 * 86_400 };
    expect(pageVerdict(answer(usual.printed(), late, usual.story.view(late.now)))).toMatchObject({
      ...{ word: "refused", words: { zh: "不可用" }, reason: { zh: "已过有效期" } },
      remedy: { zh: "请持证人换领新证照" },
    });
    expect(pageVerdict(answer(usual.printed(), PLAIN, null))).toMatchObject({
      ...{ word: "unsure", words: { zh: "暂时无法判断" } },
    });
  });

  test("asks the clerk to compare the person where no holder is proven", () => {
    expect(mustCompare(answer(usual.signed(), STRICT))).toBe(false);
    expect(mustCompare(answer(usual.printed()))).toBe(true);
  });
});

describe("many files", () => {
  const files = ["甲.json", "乙.json", "丙.bin", "丁.json"].map((name) => new File([""], name));
  const read = (file: File): Promise<Dropped> =>
    Promise.resolve(
      file.name === "丙.bin"
        ? { trouble: { zh: "读不了", en: "unread" } }
        : { given: { qr: file.name } },
    );
  const verify = (givens: readonly Given[]): Promise<readonly (DeskVerdict | Error)[]> =>
    Promise.resolve(
      givens.map((given) => {
        if ("qr" in given && given.qr === "丁.json") return refusal("QUOTA_EXCEEDED");
        return verdict(
          "qr" in given && given.qr === "乙.json" ? { qr: "no code" } : usual.printed(),
        );
      }),
    );

  test("end in a row each, whatever is wrong with others", async () => {
    const rows: BatchRow[] = [];
    const { signal } = new AbortController();
    for await (const row of runBatch({ read, verify }, files, signal)) rows.push(row);
    expect(rows.map(({ file, word, reason }) => [file, word, reason?.zh])).toEqual([
      ["甲.json", "valid", undefined],
      ["乙.json", "refused", "无法识别，内容不完整或已损坏"],
      ["丙.bin", "unread", "读不了"],
      ["丁.json", "unread", "今日额度已用完"],
    ]);
  });

  test("go to the service by twenties, and stop when told to", async () => {
    const sizes: number[] = [];
    const counted = (givens: readonly Given[]) => {
      sizes.push(givens.length);
      return verify(givens);
    };
    const all = Array.from({ length: 45 }, (_, i) => new File([""], String(i)));
    const stop = new AbortController();
    for await (const row of runBatch({ read, verify: counted }, all, stop.signal)) {
      if (row.file === "20") stop.abort();
    }
    expect(sizes).toEqual([20, 20]);
  });

  test("make a table in which no name is a formula or breaks a row", () => {
    const row = {
      ...{ file: "=cmd|' /C calc'!A0\t\n\u202e", word: "refused" as const },
      ...{ reason: { zh: "已吊销", en: "revoked" }, type: null, agency: "+1" },
      ...{ source: "pack" as const, receipt: null },
    };
    const text = toTsv(["文件"], [row], ({ zh }) => zh);
    expect(text).toBe(
      "\ufeff文件\r\n'=cmd|' /C calc'!A0 ⟨U+202E⟩\t不可用\t已吊销\t\t'+1\tpack\t\r\n",
    );
  });
});

describe("telling what was verified offline", () => {
  function untold(count: number): UntoldUses & { readonly left: () => number } {
    let all = Array.from({ length: count }, (_, id) => ({
      id,
      use: { at: String(id) } as OfflineUse,
    }));
    return {
      add: () => Promise.resolve(),
      first: (most) => Promise.resolve(all.slice(0, most)),
      count: () => Promise.resolve(all.length),
      forget: async (ids) => {
        all = all.filter(({ id }) => !ids.includes(id));
      },
      left: () => all.length,
    };
  }

  test("goes by hundreds, and each is forgotten once it was taken", async () => {
    const uses = untold(230);
    const keepOfflineUses = jest.fn(() => Promise.resolve([]));
    await tellAll({ keepOfflineUses }, uses);
    expect(keepOfflineUses).toHaveBeenCalledTimes(3);
    expect(uses.left()).toBe(0);
  });

  test("keeps what it does not know to have arrived", async () => {
    const uses = untold(150);
    let calls = 0;
    const keepOfflineUses = () => {
      return ++calls === 1 ? Promise.resolve([]) : Promise.reject(new ServiceUnreachable("gone"));
    };
    await tellAll({ keepOfflineUses }, uses);
    expect(uses.left()).toBe(50);
  });

  test("is not held up by one that the service will never take", async () => {
    const uses = untold(150);
    const keepOfflineUses = (some: readonly { readonly at: string }[]) =>
      some.some(({ at }) => at === "7")
        ? Promise.reject(refusal("BODY_MALFORMED"))
        : Promise.resolve([]);
    await tellAll({ keepOfflineUses }, uses);
    expect((await uses.first(9)).map(({ id }) => id)).toEqual([7]);
  });

  test("waits for tomorrow where today's quota is used up", async () => {
    const uses = untold(150);
    const keepOfflineUses = jest.fn(() => Promise.reject(refusal("QUOTA_EXCEEDED")));
    await tellAll({ keepOfflineUses }, uses);
    expect(keepOfflineUses).toHaveBeenCalledTimes(1);
    expect(uses.left()).toBe(150);
  });
});

describe("waiting for a holder's answer", () => {
  const request = { id: "x", expiresAt: new Date(Date.now() + 60_000).toISOString() };
  const seconds: number[] = [];
  const onSecond = (left: number): void => void seconds.push(left);

  test("ends when it is there, though the service was away for a moment", async () => {
    let calls = 0;
    const presentationRequest = () => {
      if (++calls === 1) return Promise.reject(new ServiceUnreachable("gone"));
      return Promise.resolve({ state: "answered" } as never);
    };
    const waiting = { signal: new AbortController().signal, onSecond, everyMs: 5 };
    expect(await awaitAnswer({ presentationRequest }, request, waiting)).toBe("answered");
    expect(seconds[0]).toBeGreaterThan(50);
  });

  test("ends when it ran out, or when the clerk gives up", async () => {
    const presentationRequest = () => Promise.resolve({ state: "open" } as never);
    const gone = { id: "x", expiresAt: new Date(Date.now() - 1).toISOString() };
    const stop = new AbortController();
    const waiting = { signal: stop.signal, onSecond, everyMs: 5 };
    expect(await awaitAnswer({ presentationRequest }, gone, waiting)).toBe("expired");
    stop.abort();
    expect(await awaitAnswer({ presentationRequest }, request, waiting)).toBe("cancelled");
  });
});
