/**
 * Draws the icons of the pages, the character 证 on a seal, into src/web/public: by hand, where they are to change.
 *
 *     node vite/draw-icons.ts
 */
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { openSync } from "fontkit";
import type { Font } from "fontkit";
import { chromium } from "playwright-core";

const FOLDER = join(import.meta.dirname, "..", "src", "web", "public");
const FONT = "@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf";
const SIDE = 512;
const SEAL = "#a3182a";
const CHARACTER = "#ffffff";
/** How much of the side the character takes: less where a system cuts a shape out of the icon. */
const ROOMY = 0.72;
const SAFE = 0.56;
const ICONS = [
  { file: "icon-192.png", side: 192, share: ROOMY, corner: 0.18 },
  { file: "icon-512.png", side: 512, share: ROOMY, corner: 0.18 },
  { file: "icon-maskable-512.png", side: 512, share: SAFE, corner: 0 },
  { file: "icon-180.png", side: 180, share: SAFE, corner: 0 },
] as const;

const font = openSync(createRequire(import.meta.url).resolve(FONT)) as Font;

function drawing(share: number, corner: number): string {
  const glyph = font.layout("证").glyphs[0];
  if (glyph === undefined) throw new Error("the font lacks 证");
  const { minX, minY, maxX, maxY } = glyph.bbox;
  const scale = (SIDE * share) / Math.max(maxX - minX, maxY - minY);
  const [left, top] = [(-minX - maxX) / 2, (-minY - maxY) / 2].map(String);
  const half = String(SIDE / 2);
  const place = [
    `translate(${half} ${half})`,
    `scale(${scale.toFixed(4)} ${(-scale).toFixed(4)})`,
    `translate(${left ?? ""} ${top ?? ""})`,
  ];
  const side = String(SIDE);
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}">` +
    `<rect width="${side}" height="${side}" rx="${String(SIDE * corner)}" fill="${SEAL}"/>` +
    `<path transform="${place.join(" ")}" fill="${CHARACTER}" d="${glyph.path.toSVG()}"/></svg>\n`
  );
}

await writeFile(join(FOLDER, "icon.svg"), drawing(ROOMY, 0.18));
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
for (const { file, side, share, corner } of ICONS) {
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(`<body style="margin:0">${drawing(share, corner)}`);
  const png = await page.screenshot({ omitBackground: true });
  await writeFile(join(FOLDER, file), png);
}
await browser.close();
