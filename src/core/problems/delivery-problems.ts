/** What can be wrong with pages, codes and claim codes on their way to holders. */
import type { ProblemWords } from "./problem-words.ts";

export const DELIVERY_PROBLEMS = {
  FONT_LACKS_CHARACTERS: {
    words: {
      zh: "字体缺少以下字符，未生成文件",
      en: "The font lacks these characters; no file was written.",
    },
    remedy: {
      zh: "用 --font 指定含有这些字符的字体文件（TTF 或 OTF）",
      en: "Name a font file that has them with --font (TTF or OTF).",
    },
    exit: 65,
    status: 500,
  },
  FONT_UNREADABLE: {
    words: { zh: "字体文件无法读取", en: "The font file can't be read." },
    remedy: {
      zh: "使用单个字体的 TTF 或 OTF 文件",
      en: "Use a TTF or OTF file of a single font.",
    },
    exit: 65,
    status: 500,
  },
  TEMPLATE_INVALID: {
    words: { zh: "版式模板不正确", en: "The page's template is not valid." },
    remedy: {
      zh: "按所示位置改正；写法见 catalogue/templates",
      en: "Correct it at the place named; catalogue/templates has examples.",
    },
    exit: 65,
    status: 500,
  },
  CLAIM_CODE_MALFORMED: {
    words: { zh: "领证码有误", en: "That is not a claim code: some character is wrong." },
    remedy: {
      zh: "对照原码重新输入；不区分大小写，空格和短横可省略",
      en: "Type it again; capitals, spaces and hyphens don't matter.",
    },
    exit: 65,
    status: 400,
  },
  CLAIM_CODE_UNKNOWN: {
    words: { zh: "没有该领证码", en: "There is no such claim code." },
    remedy: {
      zh: "检查领证码；确认无误仍不行时，请发证机关重新发码",
      en: "Check it; if it is right, ask the agency for a new one.",
    },
    exit: 65,
    status: 404,
  },
  CLAIM_CODE_ENDED: {
    words: {
      zh: "领证码已使用、已过期或已撤销",
      en: "The claim code was used, has run out or was revoked.",
    },
    remedy: {
      zh: "请发证机关重新发码；若非本人使用，请立即告知发证机关",
      en: "Ask the agency for a new one; if it wasn't you who used it, tell the agency at once.",
    },
    exit: 65,
    status: 410,
  },
  CLAIM_ATTEMPTS_EXCEEDED: {
    words: { zh: "尝试次数过多", en: "Too many attempts." },
    remedy: { zh: "一刻钟后再试", en: "Try again in a quarter of an hour." },
    exit: 69,
    status: 429,
  },
} as const satisfies Record<string, ProblemWords>;
