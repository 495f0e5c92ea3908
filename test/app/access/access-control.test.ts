import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import {
  endClient,
  addClient,
  rotateKey,
  showClient,
} from "../../../src/app/access/manage-clients.ts";
import { Problem } from "../../../src/core/problem.ts";
import type { AccessControl } from "../../../src/app/access/access-control.ts";
import type { Access, Caller } from "../../../src/app/access/access.ts";
import type { TokenVerifier } from "../../../src/ports/access-tokens.ts";
import { ACCESS_RULES, accessOn } from "../../support/access.ts";
import type { AccessWorld } from "../../support/access.ts";
import { openServiceAt } from "../../support/service-stores.ts";
import type { OpenedServiceStore } from "../../support/service-stores.ts";

const HERE = "192.0.2.7";
const HOUR = 3_600;

let opened: OpenedServiceStore;
let world: AccessWorld;
beforeEach(async () => {
  opened = await openServiceAt(":memory:");
  world = await accessOn(opened.store);
});
afterEach(() => opened.store.close());

async function call(
  access: Pick<Access, "identify">,
  key: string,
  address = HERE,
): Promise<Caller> {
  return access.identify({ authorization: `Bearer ${key}`, certificate: null, address });
}

async function codeOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return "none";
  } catch (error) {
    return (error as Problem).code;
  }
}

/** Another secret of the same form. */
function wrong(key: string): string {
  const last = key.at(-3) === "A" ? "B" : "A";
  return `${key.slice(0, -3)}${last}${key.slice(-2)}`;
}

function refusal(work: () => unknown): { code: string; retryAfterSeconds: number } {
  try {
    work();
  } catch (error) {
    return error as { code: string; retryAfterSeconds: number };
  }
  throw new Error("nothing was refused");
}

describe("an API key", () => {
  it("says who calls at once, without asking the store", async () => {
    const { client, key } = await world.add();
    await world.control.refresh();
    const asked = world.control.identify({
      authorization: `Bearer ${key}`,
      certificate: null,
      address: HERE,
    });
    expect(asked).toEqual({ client, address: HERE });
  });

  it("works the moment it was made, though nothing was read since", async () => {
    const { client, key } = await world.add();
    expect((await call(world.control, key)).client).toEqual(client);
  });

  it.each([
    ["another secret", wrong],
    ["an id that nobody has", (key: string) => `lzk_0000000000000000${key.slice(20)}`],
    ["a letter too few", (key: string) => key.slice(0, -1)],
    ["no secret", (key: string) => key.slice(0, 21)],
    ["two of them", (key: string) => `${key} ${key}`],
    ["nothing", () => ""],
  ])("is refused with %s, and the same is said of each", async (_, change) => {
    const { key } = await world.add();
    await expect(call(world.control, change(key))).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
      detail: "the credential is not in force",
    });
  });

  it("is refused in any scheme but Bearer", async () => {
    const { key } = await world.add();
    const basic = { authorization: `Basic ${key}`, certificate: null, address: HERE };
    await expect(world.control.identify(basic)).rejects.toMatchObject({
      code: "UNAUTHENTICATED",
      detail: "Authorization: Bearer with an API key or an access token",
    });
  });

  it("of which the store's file says nothing by which anyone could call", async () => {
    const { key } = await world.add();
    const { credentials } = await opened.store.clients.read();
    const [, id = "", secret = ""] = /^lzk_(.{16})_(.*)$/.exec(key) ?? [];
    expect(credentials[0]).toMatchObject({
      id,
      secretHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(await opened.store.clients.read())).not.toContain(secret);
    expect(JSON.stringify(await opened.store.clients.events(9))).not.toContain(secret);
  });

  it("ends with its client, at every instance once that has looked", async () => {
    const { client, key } = await world.add();
    const other = await accessOn(opened.store, { clock: world.clock });
    await call(other.control, key);
    await endClient(world.tools, client.id);
    await other.control.refresh();
    expect(await codeOf(() => call(other.control, key))).toBe("UNAUTHENTICATED");
  });

  it("is rotated: both work during the overlap, then the new one alone", async () => {
    const { client, key } = await world.add();
    let fresh = "";
    await rotateKey(world.tools, client.id, HOUR, (text) => {
      fresh = text;
      return Promise.resolve();
    });
    await world.control.refresh();
    expect((await call(world.control, key)).client?.id).toBe(client.id);
    expect((await call(world.control, fresh)).client?.id).toBe(client.id);
    world.clock.pass(HOUR);
    await world.control.refresh();
    expect(await codeOf(() => call(world.control, key))).toBe("UNAUTHENTICATED");
    expect((await call(world.control, fresh)).client?.id).toBe(client.id);
  });

  it("can't be rotated, shown or ended where the client is none any more", async () => {
    const { client } = await world.add();
    await endClient(world.tools, client.id);
    const keep = (): Promise<void> => Promise.resolve();
    expect(await codeOf(() => rotateKey(world.tools, client.id, 0, keep))).toBe("CLIENT_UNKNOWN");
    expect(await codeOf(() => endClient(world.tools, client.id))).toBe("CLIENT_UNKNOWN");
    const nobody = "C-00000000";
    expect(await codeOf(() => showClient(opened.store.clients, nobody))).toBe("CLIENT_UNKNOWN");
  });
});

describe("without a credential", () => {
  it("anyone is nobody's client", () => {
    const caller = { authorization: null, certificate: null, address: HERE };
    expect(world.control.identify(caller)).toEqual({ client: null, address: HERE });
  });
});

describe("a TLS certificate", () => {
  const fingerprint = "ab".repeat(32);

  it("says who calls by its fingerprint, until its last day", async () => {
    const { clock, tools, control } = world;
    const proof = { kind: "certificate", id: fingerprint, until: clock.now() + HOUR } as const;
    const { name, role, region } = { name: "市审计局", role: "auditor" as const, region: null };
    const rest = { agency: null, serviceItems: null, perMinute: 9, perDay: 9 };
    const { id } = await addClient(tools, { name, role, region, ...rest }, proof);
    const asked = { authorization: null, certificate: fingerprint, address: HERE };
    expect((await control.identify(asked)).client?.id).toBe(id);
    expect((await control.identify(asked)).client?.id).toBe(id);
    clock.pass(HOUR);
    await control.refresh();
    expect(await codeOf(() => control.identify(asked))).toBe("UNAUTHENTICATED");
  });

  it("of nobody is refused, however often, and locks nobody out", async () => {
    const { key } = await world.add();
    const asked = { authorization: null, certificate: fingerprint, address: HERE };
    for (let i = 0; i <= ACCESS_RULES.lockout.failures; i++) {
      expect(await codeOf(() => world.control.identify(asked))).toBe("UNAUTHENTICATED");
    }
    expect((await call(world.control, key)).client).not.toBeNull();
  });
});

describe("an access token", () => {
  const asked: string[] = [];
  const issuer: TokenVerifier = {
    verify: async (token) => {
      asked.push(token);
      if (token === "a.w.ay") throw new Problem("IDENTITY_UNREACHABLE", "the issuer's keys");
      if (!token.startsWith("good")) throw new Problem("UNAUTHENTICATED", "token: no");
      return { subject: token === "good.oth.er" ? "nobody" : "counter-3", expiresAt: 1e10 };
    },
  };
  let control: AccessWorld["control"];

  beforeEach(async () => {
    asked.length = 0;
    ({ control } = await accessOn(opened.store, { tokens: issuer, clock: world.clock }));
    const { client } = await world.add();
    const { id: _id, createdAt: _at, endedAt: _end, ...like } = client;
    await addClient(world.tools, like, { kind: "token", id: "counter-3", until: null });
  });

  it("is verified once in a minute, and says which client it is", async () => {
    expect((await call(control, "good.to.ken")).client?.role).toBe("counter");
    expect((await call(control, "good.to.ken")).client?.role).toBe("counter");
    expect(asked).toEqual(["good.to.ken"]);
    world.clock.pass(61);
    await control.refresh();
    await call(control, "good.to.ken");
    expect(asked).toHaveLength(2);
  });

  it("is forgotten with the last of very many", async () => {
    for (let i = 0; i <= 10_000; i++) await call(control, `good.x.${String(i)}`);
    await call(control, "good.x.0");
    expect(asked).toHaveLength(10_002);
  });

  it("of a subject that is no client lets nobody in", async () => {
    expect(await codeOf(() => call(control, "good.oth.er"))).toBe("UNAUTHENTICATED");
  });

  it("is no way in while the issuer can't be asked, and none is counted against anyone", async () => {
    for (let i = 0; i < 9; i++) {
      expect(await codeOf(() => call(control, "a.w.ay"))).toBe("IDENTITY_UNREACHABLE");
    }
    expect((await call(control, "good.to.ken")).client).not.toBeNull();
  });

  it("is not looked at where no issuer is configured any more", async () => {
    control.follow(ACCESS_RULES);
    expect(await codeOf(() => call(control, "good.to.ken"))).toBe("UNAUTHENTICATED");
    expect(asked).toEqual([]);
  });

  it("is not even verified from an address that is locked out", async () => {
    for (let i = 0; i < 9; i++) await codeOf(() => call(control, "b.a.d"));
    expect(asked).toHaveLength(ACCESS_RULES.lockout.failures);
    expect(await codeOf(() => call(control, "b.a.d"))).toBe("LOCKED_OUT");
  });
});

describe("lockout", () => {
  async function failTimesAt(
    control: AccessControl,
    times: number,
    key: string,
    address = HERE,
  ): Promise<string[]> {
    const codes: string[] = [];
    for (let i = 0; i < times; i++) codes.push(await codeOf(() => call(control, key, address)));
    return codes;
  }
  const failTimes = (times: number, key: string, address = HERE): Promise<string[]> =>
    failTimesAt(world.control, times, key, address);
  const { failures } = ACCESS_RULES.lockout;

  it("closes the door to an address after so many wrong credentials, and says for how long", async () => {
    const codes = await failTimes(failures + 1, "lzk_nonsense");
    expect(codes.slice(0, failures).every((code) => code === "UNAUTHENTICATED")).toBe(true);
    expect(codes.at(-1)).toBe("LOCKED_OUT");
    await expect(call(world.control, "lzk_nonsense")).rejects.toMatchObject({
      retryAfterSeconds: 900,
    });
  });

  it("holds at every instance, and ends", async () => {
    const other = await accessOn(opened.store, { clock: world.clock });
    const { key } = await world.add();
    await failTimes(failures, wrong(key));
    await other.control.refresh();
    expect(await codeOf(() => call(other.control, key))).toBe("LOCKED_OUT");
    world.clock.pass(901);
    await other.control.refresh();
    expect((await call(other.control, key)).client).not.toBeNull();
  });

  it("counts for a key from wherever it is guessed at", async () => {
    const { key } = await world.add();
    for (let i = 0; i < failures; i++) {
      await codeOf(() => call(world.control, wrong(key), `198.51.100.${String(i)}`));
    }
    expect(await codeOf(() => call(world.control, key, "203.0.113.9"))).toBe("LOCKED_OUT");
  });

  it("shuts out nobody whose key was right from there before", async () => {
    const { key } = await world.add();
    await call(world.control, key);
    const codes = await failTimes(failures + 1, wrong(key), "198.51.100.1");
    await failTimes(failures + 1, "lzk_nonsense", HERE);
    expect(codes.at(-1)).toBe("LOCKED_OUT");
    expect((await call(world.control, key)).client).not.toBeNull();
  });

  it("shuts out nobody whose key was right at another instance, or before a restart, today or yesterday", async () => {
    const { key } = await world.add();
    await call(world.control, key);
    await world.control.refresh();
    const other = await accessOn(opened.store, { clock: world.clock });
    const codes = await failTimesAt(other.control, failures + 1, wrong(key));
    expect(codes.at(-1)).toBe("LOCKED_OUT");
    expect((await call(other.control, key)).client).not.toBeNull();
    const restarted = await accessOn(opened.store, { clock: world.clock });
    expect((await call(restarted.control, key)).client).not.toBeNull();
    expect(await codeOf(() => call(restarted.control, key, "192.0.2.200"))).toBe("LOCKED_OUT");
    world.clock.pass(2 * 86_400);
    const later = await accessOn(opened.store, { clock: world.clock });
    await failTimesAt(later.control, failures, wrong(key));
    expect(await codeOf(() => call(later.control, key))).toBe("LOCKED_OUT");
  });

  it("costs one write a day and instance for a key that is right, however often it calls", async () => {
    const { key } = await world.add();
    for (let i = 0; i < 3; i++) await call(world.control, key);
    await world.control.refresh();
    await call(world.control, key);
    await world.control.refresh();
    const period = Math.floor(world.clock.now() / 86_400);
    const [subject = ""] = await opened.store.callCounts.rightPlaces(world.clock.now());
    expect(subject).toMatch(/^key\/\w+@~192\.0\.2\.\d+$/);
    const same = { kind: "right", subject, period, count: 0, expiresAt: 0 } as const;
    expect(await opened.store.callCounts.add([same])).toEqual([1]);
  });

  it("takes a whole /64 of IPv6 as one, and says nothing of it to the store but a pseudonym", async () => {
    for (let i = 0; i < failures; i++) {
      await failTimes(1, "lzk_nonsense", `2001:db8:0:1::${i.toString(16)}`);
    }
    expect(await failTimes(1, "lzk_nonsense", "2001:db8:0:1:ffff::1")).toEqual(["LOCKED_OUT"]);
    const locks = await opened.store.callCounts.locks(world.clock.now());
    expect([...locks.keys()]).toEqual(["address/~2001:db8:0:1::/64"]);
  });
});

describe("calls in a minute", () => {
  const caller = { client: null, address: HERE };

  it("of an address are so many, told from the first on", () => {
    const { anonymousPerMinute } = ACCESS_RULES;
    const first = world.control.admit(caller, false);
    expect(first).toEqual({ policy: "address", perMinute: 5, remaining: 4, resetSeconds: 60 });
    for (let i = 1; i < anonymousPerMinute; i++) world.control.admit(caller, false);
    world.clock.pass(20);
    expect(refusal(() => world.control.admit(caller, false))).toMatchObject({
      code: "TOO_MANY_REQUESTS",
      retryAfterSeconds: 40,
    });
    expect(world.control.admit({ ...caller, address: "192.0.2.8" }, false).remaining).toBe(4);
    world.clock.pass(40);
    expect(world.control.admit(caller, false).remaining).toBe(4);
  });

  it("of a client are its own, wherever it calls from", async () => {
    const { client } = await world.add({ perMinute: 2 });
    world.control.admit({ client, address: HERE }, false);
    world.control.admit({ client, address: "192.0.2.9" }, false);
    const third = refusal(() => world.control.admit({ client, address: "192.0.2.10" }, false));
    expect(third.code).toBe("TOO_MANY_REQUESTS");
  });

  it("of what could be guessed are few, for clients too", async () => {
    const { client } = await world.add();
    for (const asking of [caller, { client, address: HERE }]) {
      for (let i = 0; i < ACCESS_RULES.guessesPerMinute; i++) world.control.admit(asking, true);
      expect(refusal(() => world.control.admit(asking, true)).code).toBe("TOO_MANY_REQUESTS");
    }
  });
});

describe("the day's quota", () => {
  it("is one for all instances, to within a second, and anew each day", async () => {
    const { client } = await world.add({ perDay: 10 });
    const other = await accessOn(opened.store, { clock: world.clock });
    const caller = { client, address: HERE };
    world.control.charge(caller, 6);
    await world.control.refresh();
    other.control.charge(caller, 1);
    await other.control.refresh();
    const refused = refusal(() => {
      other.control.charge(caller, 4);
    });
    expect(refused).toMatchObject({ code: "QUOTA_EXCEEDED", retryAfterSeconds: 12 * HOUR });
    other.control.charge(caller, 3);
    world.clock.pass(12 * HOUR);
    other.control.charge(caller, 10);
  });

  it("is of clients alone: anyone is bounded by calls", () => {
    const charge = (): void => {
      world.control.charge({ client: null, address: HERE }, 1_000_000);
    };
    expect(charge).not.toThrow();
  });
});

describe("a store that is away", () => {
  it("lets known keys work for half a minute, then nobody, and anyone all the time", async () => {
    const { key } = await world.add();
    await world.control.refresh();
    await opened.database.close();
    world.clock.pass(30);
    await expect(world.control.refresh()).rejects.toThrow();
    expect((await call(world.control, key)).client).not.toBeNull();
    expect(world.control.isConfirmed).toBe(true);
    world.clock.pass(1);
    expect(world.control.isConfirmed).toBe(false);
    expect(await codeOf(() => call(world.control, key))).toBe("IDENTITY_UNREACHABLE");
    expect(await codeOf(() => call(world.control, "lzk_nonsense"))).not.toBe("none");
    const anyone = { authorization: null, certificate: null, address: HERE };
    expect(world.control.identify(anyone)).toMatchObject({ client: null });
    opened = await openServiceAt(":memory:");
  });

  it("never makes an unknown key a wrong one", async () => {
    const { key } = await world.add();
    await opened.database.close();
    expect(await codeOf(() => call(world.control, key))).toBe("IDENTITY_UNREACHABLE");
    opened = await openServiceAt(":memory:");
  });

  it("gets what was counted once it is back", async () => {
    const { client } = await world.add({ perDay: 10 });
    const { add } = opened.store.callCounts;
    let isAway = true;
    const counts = {
      ...opened.store.callCounts,
      add: (all: Parameters<typeof add>[0]) =>
        isAway ? Promise.reject(new Problem("STORE_UNREACHABLE", "")) : add(all),
    };
    const store = { clients: opened.store.clients, callCounts: counts };
    isAway = false;
    const { control } = await accessOn(store, { clock: world.clock });
    isAway = true;
    control.charge({ client, address: HERE }, 4);
    expect(await codeOf(() => control.refresh())).toBe("STORE_UNREACHABLE");
    isAway = false;
    await control.refresh();
    await control.refresh();
    const day = Math.floor(world.clock.now() / 86_400);
    const one = { kind: "day", subject: client.id, period: day, count: 0, expiresAt: 0 } as const;
    expect(await add([one])).toEqual([4]);
  });
});
