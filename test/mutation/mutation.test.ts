/** The mutation tester, tested on a small project of its own. */
import { beforeAll, describe, expect, it } from "@jest/globals";
import type { Build } from "./build.ts";
import { build, isMutated } from "./build.ts";
import type { Trial } from "./campaign.ts";
import { Campaign } from "./campaign.ts";
import { judge, readSurvivors } from "./survivors.ts";
import { TestRunner } from "./test-runner.ts";

const PROJECT = new Map([
  [
    "contracts/Till.sol",
    `pragma solidity 0.8.37;
/// 钱箱: bytes are not characters.
contract Till {
    enum State { Unknown, Open, Shut }
    struct Sum { uint256 coins; }
    event Paid(uint256 from, uint256 to);
    error Refused(uint256 a, uint256 b);
    uint256 private constant LEAST = 5;
    address private immutable OWNER;
    State public state;
    mapping(uint256 => Sum) private sums;
    constructor(address owner) { OWNER = owner; state = State.Open; }
    modifier onlyOwner() { if (msg.sender != OWNER) revert Refused(1, 2); _; }
    function pay(uint256 from, uint256 coins) external onlyOwner returns (uint256 total) {
        if (coins < LEAST || from == 0) revert Refused(from, coins);
        Sum storage sum = sums[from];
        (uint256 old, ) = (sum.coins, 0);
        sum.coins = old + coins;
        emit Paid(from, coins);
        total = sum.coins;
    }
    function shut() external { state = State.Shut; }
    function isDigit(bytes1 character) external pure returns (bool) { return character >= "0"; }
    function atMost(uint256 a, uint256 b) external pure returns (uint256) { return a < b ? a : b; }
    function sumTo(uint256 n) external pure returns (uint256 sum) {
        unchecked { for (uint256 i = 1; i <= n; i++) sum += i; }
    }
    function unused() external pure returns (uint256) { return 7; }
}
`,
  ],
  [
    "contracts/Till.t.sol",
    `pragma solidity 0.8.37;
import {Till} from "./Till.sol";
contract TillTest {
    event Paid(uint256 from, uint256 to);
    Till private till;
    function setUp() public { till = new Till(address(this)); }
    function test_paying() public {
        assert(till.pay(1, 5) == 5);
        assert(till.pay(1, 6) == 11);
        (bool isDone, bytes memory answer) = address(till).call(abi.encodeCall(Till.pay, (1, 4)));
        assert(!isDone && keccak256(answer) == keccak256(abi.encodeWithSelector(Till.Refused.selector, 1, 4)));
    }
    function test_strangers() public {
        Till other = new Till(address(1));
        (bool isDone, bytes memory answer) = address(other).call(abi.encodeCall(Till.pay, (1, 5)));
        assert(!isDone && keccak256(answer) == keccak256(abi.encodeWithSelector(Till.Refused.selector, 1, 2)));
    }
    function test_states() public {
        assert(till.state() == Till.State.Open);
        till.shut();
        assert(till.state() == Till.State.Shut);
    }
    function testFuzz_sums(uint8 n) public view {
        assert(till.sumTo(n) == uint256(n) * (uint256(n) + 1) / 2);
    }
    function test_small() public view {
        assert(till.atMost(3, 4) == 3 && till.atMost(4, 3) == 3);
        assert(till.isDigit("0") && !till.isDigit("/"));
    }
}
`,
  ],
]);

let built: Build;
let trials: ReadonlyMap<string, Trial>;

beforeAll(async () => {
  built = build(PROJECT);
  const runner = await TestRunner.of(built.contracts);
  const campaign = await Campaign.of(runner, built);
  const list: Trial[] = [];
  for (const mutant of built.places.flatMap(({ mutants }) => mutants)) {
    list.push(await campaign.try(mutant));
  }
  trials = new Map(list.map((trial) => [trial.mutant.name, trial]));
});

function trialOf(name: string): Trial {
  const trial = trials.get(name);
  if (trial === undefined) throw new Error(`${name} is none of\n${[...trials.keys()].join("\n")}`);
  return trial;
}

describe("mutation", () => {
  it.each([
    [
      "boundary",
      "Till.pay: boundary: coins < LEAST → coins <= LEAST in coins < LEAST || from == 0",
    ],
    [
      "opposite",
      "Till.pay: opposite: coins < LEAST → coins >= LEAST in coins < LEAST || from == 0",
    ],
    ["constant", "Till.pay: constant: LEAST → (LEAST - 1) in coins < LEAST || from == 0"],
    ["character", 'Till.isDigit: constant: "0" → "\\x2f" in return character >= "0"'],
    ["enumeration", "Till.shut: constant: State.Shut → State.Open in state = State.Shut"],
    ["arithmetic", "Till.pay: arithmetic: old + coins → old - coins in sum.coins = old + coins"],
    ["assignment", "Till.sumTo: assignment: sum += i → sum -= i"],
    ["step", "Till.sumTo: step: i++ → i--"],
    ["guard", "Till.pay: guard: coins < LEAST || from == 0 → false"],
    ["removal", "Till.pay: removal: sum.coins = old + coins removed"],
    ["modifier", "Till.pay: modifier: onlyOwner removed"],
    [
      "order of arguments",
      "Till.pay: order: from, coins → coins, from in revert Refused(from, coins)",
    ],
    ["result", "Till.atMost: result: return a < b ? a : b → { uint256 nothing; return nothing; }"],
    ["choice", "Till.atMost: choice: a < b ? a : b → (a < b) ? (b) : (a) in return a < b ? a : b"],
    ["guard in a modifier", "Till.onlyOwner: guard: msg.sender != OWNER → false"],
    ["constructor", "Till.constructor: removal: OWNER = owner removed"],
  ])("finds a changed %s", (_kind, name) => {
    expect(trialOf(name).killedBy).toMatch(/^TillTest\./);
  });

  it("tells of an event that no test asks for", () => {
    const trial = trialOf("Till.pay: removal: emit Paid(from, coins) removed");
    expect(trial.killedBy).toBeUndefined();
    expect(trial.reachedBy).toBe(1);
  });

  it("says of code that no test runs that none does", () => {
    expect(trialOf("Till.unused: constant: 7 → (7 + 1) in return 7")).toMatchObject({
      reachedBy: 0,
    });
  });

  it("ends a loop that a mutant made endless", () => {
    expect(trialOf("Till.sumTo: guard: i <= n → false").killedBy).toBeDefined();
    expect(trialOf("Till.sumTo: opposite: i <= n → i > n").killedBy).toBeDefined();
  });

  it("makes every mutant once, under a name of its own", () => {
    const mutants = built.places.flatMap((place) => place.mutants);
    expect(new Set(mutants.map(({ name }) => name)).size).toBe(mutants.length);
    expect(mutants.length).toBeGreaterThan(40);
  });

  it("judges as many tests would that are compiled with one mutant alone", async () => {
    const source = Buffer.from(PROJECT.get("contracts/Till.sol") ?? "").toString("latin1");
    for (const { node, shape, mutants } of built.places) {
      const [mutant] = mutants;
      if (mutant === undefined || shape === "modifier") continue;
      const [start = 0, length = 0] = node.src.split(":").map(Number);
      const isWhole = mutant.text === "" || mutant.text.startsWith("{");
      const end = isWhole ? source.indexOf(";", start) + 1 : start + length;
      const changed = source.slice(0, start) + (mutant.text || "{}") + source.slice(end);
      const alone = new Map(PROJECT).set(
        "contracts/Till.sol",
        Buffer.from(changed, "latin1").toString(),
      );
      expect([mutant.name, await isFound(alone)]).toEqual([
        mutant.name,
        trialOf(mutant.name).killedBy !== undefined,
      ]);
    }
  });

  it("tries nothing when a test fails as it is", async () => {
    const test = PROJECT.get("contracts/Till.t.sol") ?? "";
    const wrong = new Map(PROJECT).set("contracts/Till.t.sol", test.replace("== 11", "== 12"));
    expect(await isFound(wrong)).toBe(true);
  });
});

async function isFound(sources: ReadonlyMap<string, string>): Promise<boolean> {
  const plain = build(sources, () => []);
  const runner = await TestRunner.of(plain.contracts);
  return await Campaign.of(runner, plain).then(
    () => false,
    () => true,
  );
}

describe("what is mutated", () => {
  it("is what is deployed", () => {
    const paths = ["Till.sol", "Till.t.sol", "interfaces/ITill.sol", "test/Vm.t.sol"];
    expect(paths.filter((path) => isMutated(`contracts/${path}`))).toEqual(["Till.sol"]);
  });
});

describe("survivors", () => {
  const killed = { mutant: mutant("killed"), killedBy: "A.test", reachedBy: 1 };
  const alive = { mutant: mutant("alive"), reachedBy: 1 };

  it("have a reason, or fail the run", () => {
    expect(judge([killed, alive], [], true).unexplained).toEqual([alive]);
    const reason = { mutant: "alive", reason: "it is the same" };
    expect(judge([killed, alive], [reason], true)).toEqual({
      killed: 1,
      explained: [reason],
      unexplained: [],
      outdated: [],
    });
  });

  it("are not explained once they are killed, or gone", () => {
    const reasons = ["killed", "gone"].map((name) => ({ mutant: name, reason: "because" }));
    expect(judge([killed], reasons, true).outdated).toEqual(reasons);
    expect(judge([killed], reasons, false).outdated).toEqual(reasons.slice(0, 1));
  });

  it("are explained once, in words", () => {
    expect(() => readSurvivors('[{"mutant":"a","reason":" "}]')).toThrow("without a reason");
    const twice = '[{"mutant":"a","reason":"b"},{"mutant":"a","reason":"c"}]';
    expect(() => readSurvivors(twice)).toThrow("twice");
  });

  function mutant(name: string) {
    return { number: 1, name, contract: "A", operator: "removal", line: 1, text: "" };
  }
});
