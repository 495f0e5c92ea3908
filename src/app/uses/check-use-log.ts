/** Whether the use log is still what was written and anchored: line by line, then against the chain. */
import type { Primitives } from "../../core/hashing.ts";
import { StrandCheck } from "../../core/uses/check-strand.ts";
import type { StoredStrand, StrandAnchor } from "../../core/uses/check-strand.ts";
import type { UseFinding } from "../../core/uses/findings.ts";
import type { Progress } from "../../ports/progress.ts";
import type { UseAnchors, UseLog } from "../../ports/use-log.ts";

const LINES_AT_ONCE = 1_000;

export interface CheckUseLogOptions {
  readonly log: Pick<UseLog, "strands" | "lines">;
  readonly primitives: Pick<Primitives, "sha256">;
  /** What the chain keeps, and of which accounts; null to check the store by itself. */
  readonly anchored: { readonly anchors: UseAnchors; readonly accounts: readonly string[] } | null;
  readonly progress?: Progress;
}

export interface UseLogCheck {
  readonly strands: number;
  readonly lines: number;
  /** Lines that were erased because their time was over. */
  readonly erased: number;
  /** How many lines the chain vouches for. */
  readonly anchored: number;
  /** In the order of strands and lines; the first is the first thing wrong. */
  readonly findings: readonly UseFinding[];
}

/** @throws Problem of the store and the chain: a check that could not be done finds nothing */
export async function checkUseLog(options: CheckUseLogOptions): Promise<UseLogCheck> {
  const anchors = await readAnchors(options.anchored);
  const strands = await options.log.strands();
  const findings: UseFinding[] = [];
  let [lines, erased, anchored, done] = [0, 0, 0, 0];
  for (const strand of strands) {
    const ofStrand = anchors.get(strand.id) ?? [];
    anchored += ofStrand.at(-1)?.length ?? 0;
    anchors.delete(strand.id);
    if (strand.header === null) findings.push(missing(strand.id, "its lines are there"));
    else {
      const check = await checkStrand(options, strand, ofStrand);
      findings.push(...check.findings);
      lines += check.lines;
      erased += strand.erased?.number ?? 0;
    }
    options.progress?.("strands", ++done, strands.length);
  }
  findings.push(...lostStrands(anchors));
  return { strands: strands.length, lines, erased, anchored, findings };
}

type AnchorsByStrand = Map<string, readonly StrandAnchor[]>;

async function readAnchors(anchored: CheckUseLogOptions["anchored"]): Promise<AnchorsByStrand> {
  const found: AnchorsByStrand = new Map();
  for (const account of anchored?.accounts ?? []) {
    for (const strand of (await anchored?.anchors.strandsOf(account)) ?? []) {
      const more = (await anchored?.anchors.anchorsOf(account, strand)) ?? [];
      const all = [...(found.get(strand) ?? []), ...more];
      found.set(
        strand,
        all.sort((a, b) => a.length - b.length),
      );
    }
  }
  return found;
}

async function checkStrand(
  { log, primitives }: CheckUseLogOptions,
  strand: StoredStrand,
  anchors: readonly StrandAnchor[],
): Promise<{ readonly lines: number; readonly findings: readonly UseFinding[] }> {
  const check = new StrandCheck(primitives.sha256, strand, anchors);
  let from = (strand.erased?.number ?? 0) + 1;
  for (let lines = 0; ;) {
    const some = await log.lines(strand.id, from, LINES_AT_ONCE);
    for (const line of some) check.take(line);
    lines += some.length;
    const last = some.at(-1);
    if (last === undefined) return { lines, findings: check.end() };
    from = last.number + 1;
  }
}

function lostStrands(anchors: AnchorsByStrand): UseFinding[] {
  return [...anchors].map(([strand, ofStrand]) => {
    return missing(strand, `${String(ofStrand.at(-1)?.length ?? 0)} lines were anchored`);
  });
}

function missing(strand: string, detail: string): UseFinding {
  return { code: "STRAND_MISSING", strand, from: 0, to: 0, detail };
}
