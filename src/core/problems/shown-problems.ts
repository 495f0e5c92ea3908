/** What can be wrong with what a holder shows, before any check. */
import type { ProblemWords } from "./problem-words.ts";

export const SHOWN_PROBLEMS = {
  CLAIM_UNKNOWN: {
    words: { zh: "证照没有该项信息", en: "The certificate has no such claim." },
    remedy: { zh: "从列出的名称中选择", en: "Choose from the names listed." },
    exit: 65,
    status: 400,
  },
  CERTIFICATE_UNREADABLE: {
    words: { zh: "证照文件无法识别", en: "The certificate file can't be read." },
    remedy: { zh: "从发证机关重新领取", en: "Fetch it anew from the agency." },
    exit: 65,
    status: 400,
  },
  QR_NOT_FOUND: {
    words: { zh: "图片中没有可识别的二维码", en: "No QR code can be read in the picture." },
    remedy: {
      zh: "换一张更清晰、完整的 PNG 或 JPEG 图片；SVG、PDF 请先截图或打印后拍照",
      en: "Use a sharper PNG or JPEG that shows the whole code; take a picture of an SVG or PDF.",
    },
    exit: 65,
    status: 400,
  },
  QR_TOO_LONG: {
    words: { zh: "内容太多，一个二维码放不下", en: "It is too long for one QR code." },
    remedy: {
      zh: "少选几项信息，或改用证照文件",
      en: "Disclose fewer claims, or hand over the file.",
    },
    exit: 65,
    status: 400,
  },
} as const satisfies Record<string, ProblemWords>;
