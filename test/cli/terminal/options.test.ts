import { describe, expect, it } from "@jest/globals";
import { InvalidArgumentError } from "commander";
import {
  address,
  assurance,
  instant,
  integer,
  list,
  nonce,
  portNumber,
  region,
  requireOne,
} from "../../../src/cli/terminal/options.ts";

describe("options", () => {
  it("take what is meant", () => {
    expect(integer("12")).toBe(12);
    expect(portNumber("0")).toBe(0);
    expect(region("460200")).toBe("460200");
    expect(nonce("00Ff")).toEqual(new Uint8Array([0, 255]));
    expect(list("a, b,,c ")).toEqual(["a", "b", "c"]);
    expect([assurance("A"), assurance("d")]).toEqual([4, 1]);
    expect(address(`0x${"aB".repeat(20)}`)).toBe(`0x${"aB".repeat(20)}`);
  });

  it("read a day as Beijing's and a time as it is written", () => {
    expect(instant("2026-01-31")).toBe(Date.parse("2026-01-30T16:00:00Z") / 1000);
    expect(instant("2026-01-31T08:00:00Z")).toBe(Date.parse("2026-01-31T08:00:00Z") / 1000);
  });

  it.each([
    ["a fraction", () => integer("1.5")],
    ["a negative number", () => integer("-1")],
    ["a number no machine holds", () => integer("9".repeat(30))],
    ["a port beyond the last", () => portNumber("65536")],
    ["half a byte", () => nonce("abc")],
    ["no byte at all", () => nonce("")],
    ["65 bytes", () => nonce("00".repeat(65))],
    ["a day that does not exist", () => instant("2026-02-31")],
    ["a year alone", () => instant("26")],
    ["an address cut short", () => address("0x12")],
    ["a region of five digits", () => region("46020")],
  ])("refuse %s", (_what, parse) => {
    expect(parse).toThrow(InvalidArgumentError);
  });

  it("of which exactly one is expected are counted", () => {
    expect(() => {
      requireOne({ index: 0 }, ["index", "all"]);
    }).not.toThrow();
    for (const options of [{}, { index: 0, all: true }]) {
      expect(() => {
        requireOne(options, ["index", "all"]);
      }).toThrow("exactly one of --index, --all");
    }
  });
});
