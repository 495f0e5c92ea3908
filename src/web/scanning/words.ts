/** The words of scanning. */
export const SCANNING = {
  starting: { zh: "正在打开摄像头……", en: "Opening the camera…" },
  aim: { zh: "将亮证码置于框内", en: "Hold the code in the frame" },
  part: {
    zh: "已识别 {seen} 段，共 {all} 段，请保持",
    en: "{seen} of {all} parts read, hold still",
  },
  low: {
    zh: "摄像头清晰度不足（{height} 线），请靠近，或换用更清晰的摄像头",
    en: "The camera is coarse ({height} lines): hold the code nearer, or use a better camera",
  },
  refused: {
    zh: "浏览器不允许使用摄像头。请在地址栏的权限设置中允许，然后重试；也可用扫码枪、图片或粘贴。",
    en: "The browser does not allow the camera. Allow it beside the address, then try again; or use a hand scanner, a picture or paste.",
  },
  none: {
    zh: "没有找到摄像头。请连接摄像头后重试；也可用扫码枪、图片或粘贴。",
    en: "No camera was found. Connect one and try again; or use a hand scanner, a picture or paste.",
  },
  busy: {
    zh: "摄像头被其他程序占用或出现故障。请关闭其他程序后重试。",
    en: "The camera is in use by another program, or faulty. Close the other program and try again.",
  },
  insecure: {
    zh: "本页不是通过安全连接（https）打开的，浏览器不提供摄像头。",
    en: "This page was not opened over a secure connection (https), so the browser gives no camera.",
  },
  again: { zh: "重试", en: "Try again" },
  off: { zh: "关闭摄像头", en: "Turn the camera off" },
  on: { zh: "打开摄像头", en: "Turn the camera on" },
  isOff: { zh: "摄像头已关闭", en: "The camera is off" },
  picture: { zh: "摄像头画面", en: "Camera picture" },
  drop: { zh: "松开即核验", en: "Let go to verify" },
  noCode: { zh: "图片中没有找到二维码", en: "No code was found in the picture" },
  noCodeHelp: {
    zh: "请换一张更清晰、更大的图片，码的四周留出白边。",
    en: "Use a sharper or larger picture, with white around the code.",
  },
  tooLarge: { zh: "文件过大（超过 10 MB）", en: "The file is too large (over 10 MB)" },
  notKnown: {
    zh: "无法识别这种文件：请用证照文件（.lzc.json）、图片（PNG、JPEG）或文本文件",
    en: "This kind of file can't be read: use a certificate file (.lzc.json), a picture (PNG, JPEG) or a text file",
  },
} as const;
