/** The growth of issuing's cost as a picture (SVG): both axes logarithmic, so that a line through all sizes shows. */
import { costOn, fitLine } from "./growth.ts";
import type { GrowthPoint, Line } from "./growth.ts";

const WIDTH = 760;
const HEIGHT = 480;
const LEFT = 84;
const RIGHT = 48;
const TOP = 64;
const BOTTOM = 68;
/** The band in which points are taken to be on the line. */
const BAND = 0.15;
const CURVE_STEPS = 60;
const INK = "#1f2937";
const FAINT = "#d1d5db";
const BLUE = "#1d5fa8";
const RED = "#b42318";

interface Scale {
  readonly least: number;
  readonly most: number;
  /** Where a value is drawn. */
  readonly place: (value: number) => number;
}

export function drawGrowth(points: readonly GrowthPoint[], machine: string): string {
  const line = fitLine(points);
  const x = scale(
    points.map(({ certificates }) => certificates),
    LEFT,
    WIDTH - RIGHT,
  );
  const y = scale(
    points.map(({ cpuSeconds }) => cpuSeconds),
    HEIGHT - BOTTOM,
    TOP,
  );
  const shapes = [
    ...powers(x).map((value) => xTick(value, x.place(value))),
    ...powers(y).map((value) => yTick(value, y.place(value))),
    ...[1 + BAND, 1 - BAND].map((factor) => curve(line, factor, x, y)),
    curve(line, 1, x, y),
    ...points.map((point) => dot(point, x, y)),
    ...words(line, machine),
  ];
  const font = "font-family=\"'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif\"";
  const size = `width="${String(WIDTH)}" height="${String(HEIGHT)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${String(WIDTH)} ${String(HEIGHT)}" ${font} font-size="13" fill="${INK}">`,
    `<title>Cost of issuing by number of certificates</title>`,
    `<rect ${size} fill="#ffffff"/>`,
    ...shapes,
    "</svg>\n",
  ].join("\n");
}

function scale(values: readonly number[], from: number, to: number): Scale {
  const least = 10 ** Math.floor(Math.log10(Math.min(...values)));
  const most = 10 ** Math.ceil(Math.log10(Math.max(...values)));
  const decades = Math.log10(most / least);
  const place = (value: number): number =>
    from + ((to - from) * Math.log10(value / least)) / decades;
  return { least, most, place };
}

function powers({ least, most }: Scale): number[] {
  const values: number[] = [];
  for (let value = least; value < most * 1.5; value *= 10) values.push(value);
  return values;
}

function xTick(value: number, x: number): string {
  const label = text(x, HEIGHT - BOTTOM + 22, shown(value), "middle");
  return segment([x, TOP], [x, HEIGHT - BOTTOM]) + label;
}

function yTick(value: number, y: number): string {
  return segment([LEFT, y], [WIDTH - RIGHT, y]) + text(LEFT - 10, y + 4, shown(value), "end");
}

/** Without the noise of binary fractions. */
function shown(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en", { maximumFractionDigits: 6 });
}

type Place = readonly [x: number, y: number];

function segment([x1, y1]: Place, [x2, y2]: Place): string {
  return `<path d="M${at(x1)} ${at(y1)}L${at(x2)} ${at(y2)}" stroke="${FAINT}"/>`;
}

function curve(line: Line, factor: number, x: Scale, y: Scale): string {
  const places = Array.from({ length: CURVE_STEPS + 1 }, (_, i) => {
    const certificates = x.least * (x.most / x.least) ** (i / CURVE_STEPS);
    return [certificates, factor * costOn(line, certificates)] as const;
  }).filter(([, cost]) => cost >= y.least && cost <= y.most);
  const path = places.map(([certificates, cost], i) => {
    return `${i === 0 ? "M" : "L"}${at(x.place(certificates))} ${at(y.place(cost))}`;
  });
  const style = factor === 1 ? 'stroke-width="2"' : 'stroke-dasharray="4 4"';
  return `<path d="${path.join("")}" fill="none" stroke="${BLUE}" ${style}/>`;
}

function dot({ certificates, cpuSeconds }: GrowthPoint, x: Scale, y: Scale): string {
  const [cx, cy] = [x.place(certificates), y.place(cpuSeconds)];
  const circle = `<circle cx="${at(cx)}" cy="${at(cy)}" r="5" fill="${RED}"/>`;
  return circle + text(cx - 10, cy - 10, `${shown(cpuSeconds)} s`, "end");
}

function words({ fixed, each }: Line, machine: string): string[] {
  const law = `${fixed.toFixed(2)} s + ${(each * 1e6).toFixed(2)} µs a certificate; dashed: 15 % above and below`;
  const middle = (TOP + HEIGHT - BOTTOM) / 2;
  return [
    `<text x="${String(LEFT)}" y="26" font-size="17" font-weight="600">签发成本 Cost of issuing, table to anchored batches</text>`,
    text(LEFT, 46, `${law}. ${machine}`, "start"),
    text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 18, "certificates 证照数", "middle"),
    `<text transform="translate(22 ${at(middle)}) rotate(-90)" text-anchor="middle">CPU seconds, all threads 处理器秒数</text>`,
  ];
}

function text(x: number, y: number, content: string, anchor: "start" | "middle" | "end"): string {
  const escaped = content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${escaped}</text>`;
}

function at(value: number): string {
  return value.toFixed(1);
}
