/** The words of the pages on which certificates are shown. */
export const SHOWING = {
  show: { zh: "亮证", en: "Show" },
  showTitle: { zh: "出示“{name}”", en: "Show ‘{name}’" },
  unknown: { zh: "本机没有这份证照", en: "This certificate is not on this device" },
  toWallet: { zh: "回到我的证照", en: "To my certificates" },
  chooseTitle: { zh: "选择要出示的信息", en: "Choose what to show" },
  chooseHelp: {
    zh: "只出示办事需要的信息。没有勾选的，对方看不到。",
    en: "Show only what the matter needs. What is not ticked can't be seen.",
  },
  always: { zh: "必须出示", en: "Always shown" },
  alwaysHelp: {
    zh: "这类证照每次都出示以下信息",
    en: "Certificates of this type always show these",
  },
  optional: { zh: "可以选择出示", en: "Shown if you choose" },
  sensitive: { zh: "敏感信息", en: "Sensitive" },
  nothingMore: { zh: "没有其他可选的信息。", en: "There is nothing else to choose from." },
  presets: { zh: "按用途选择", en: "Choose by purpose" },
  presetLeast: { zh: "只出示必需信息", en: "Only what is needed" },
  presetNotSensitive: { zh: "不含敏感信息", en: "All but what is sensitive" },
  presetMatter: { zh: "办理：{matter}", en: "For: {matter}" },
  kind: { zh: "亮证方式", en: "How" },
  kindOffline: { zh: "离线码", en: "Offline code" },
  kindOfflineHelp: {
    zh: "不需要网络；信息都在码里",
    en: "Needs no network; the code holds everything",
  },
  kindReference: { zh: "联网短码", en: "Short code" },
  kindReferenceHelp: {
    zh: "需要网络；码更小，更容易扫，只能用一次",
    en: "Needs the network; a smaller code, easier to scan, used once",
  },
  showNow: { zh: "亮证", en: "Show it" },
  showCount: { zh: "将出示 {count} 项信息", en: "To be shown: {count}" },
  elderHelp: {
    zh: "按下面的大按钮，把手机给工作人员扫一扫。",
    en: "Press the big button and hold your phone up to the clerk.",
  },

  KEY_ELSEWHERE: {
    zh: "这份证照只能由领取它的手机出示。本机没有它的密钥。",
    en: "Only the phone that claimed this certificate can show it. Its key is not on this device.",
  },
  NO_KEY: {
    zh: "本机不能证明您是持证人，工作人员会当面核对您本人。",
    en: "This device can't prove that you are the holder: the clerk will compare you in person.",
  },
  BINDING_ENDED: {
    zh: "持证凭据已过期。请连接网络，打开“我的证照”更新后再亮证；现在亮证，要求本人证明的窗口不会接受。",
    en: "The proof that you are the holder has run out. Go online and open ‘My certificates’ to renew it; until then counters that ask for the holder will refuse.",
  },
  DELEGATION_ENDED: {
    zh: "代亮授权已到期，不能再出示。",
    en: "The time for which you may show this has ended.",
  },

  codeTitle: { zh: "请扫码核验", en: "Ready to scan" },
  codeLabel: { zh: "亮证二维码，请让工作人员扫描", en: "QR code for the clerk to scan" },
  codeParts: {
    zh: "信息较多，{count} 个码轮流显示，请保持不动",
    en: "Much to show: {count} codes in turn, please hold still",
  },
  renewIn: { zh: "{seconds} 秒后更新", en: "New code in {seconds} s" },
  renewing: { zh: "正在更新…", en: "Renewing…" },
  moving: { zh: "实时", en: "Live" },
  movingHelp: {
    zh: "时钟在走、花纹在动才是真码，截图无效",
    en: "Real only while the clock runs and the band moves; a screenshot is worthless",
  },
  brightness: { zh: "扫不出时，请把屏幕调到最亮", en: "If it won't scan, turn the brightness up" },
  shownClaims: { zh: "正在出示 {count} 项信息", en: "items shown: {count}" },
  stop: { zh: "结束亮证", en: "Stop showing" },
  again: { zh: "重新亮证", en: "Show again" },
  started: {
    zh: "二维码已显示，每 30 秒自动更新，请让工作人员扫描。",
    en: "The code is on the screen and renews itself every 30 seconds. Let the clerk scan it.",
  },
  stopped: { zh: "已结束亮证。", en: "Nothing is shown any more." },
  making: { zh: "正在生成二维码…", en: "Making the code…" },
  codeTrouble: { zh: "生成不了二维码", en: "The code can't be made" },
  offlineInstead: { zh: "改用离线码", en: "Use the offline code" },

  delegatedBanner: { zh: "代亮", en: "Shown for another" },
  delegatedOf: {
    zh: "持证人：{grantor}；由 {delegate} 代为出示（{reason}）",
    en: "Holder: {grantor}; shown by {delegate} ({reason})",
  },
  delegatedNameless: {
    zh: "由 {delegate} 代持证人出示（{reason}）",
    en: "Shown for its holder by {delegate} ({reason})",
  },
  delegatedFor: { zh: "只能用于：{matters}", en: "Only for: {matters}" },
  delegatedUntil: { zh: "有效至 {day}", en: "Until {day}" },
  guardian: { zh: "监护人", en: "guardian" },
  relative: { zh: "亲友", en: "relative or friend" },
  agent: { zh: "代办人", en: "agent" },
} as const;

export const REQUEST = {
  title: { zh: "答复亮证请求", en: "Answer a request" },
  help: {
    zh: "工作人员请您亮证时，扫他屏幕上的码，或输入他说的六位数字。",
    en: "When a clerk asks you to show a certificate, scan the code on the clerk's screen or type the six digits.",
  },
  digits: { zh: "六位请求码", en: "Six digits" },
  find: { zh: "查看请求", en: "See the request" },
  scan: { zh: "扫一扫", en: "Scan" },
  stopScan: { zh: "停止扫描", en: "Stop scanning" },
  malformed: {
    zh: "请输入六位数字，例如 048213。",
    en: "Type six digits, such as 048213.",
  },
  notRequest: {
    zh: "这不是亮证请求。只扫工作人员屏幕上的请求码。",
    en: "This is no request. Scan only the code on the clerk's screen.",
  },
  alike: {
    zh: "小心：这个码来自 {host}，与本站 {own} 相似但不是同一个。不要在那里输入任何信息。",
    en: "Careful: this code is from {host}, which looks like {own} but is not. Enter nothing there.",
  },
  other: {
    zh: "这个码来自 {host}，不是本站 {own}。本页不答复其他网站的请求。",
    en: "This code is from {host}, not from {own}. This page answers no other site's requests.",
  },
  loading: { zh: "正在查看请求…", en: "Looking at the request…" },
  who: { zh: "谁在请求", en: "Who asks" },
  where: { zh: "所在地", en: "Where" },
  matter: { zh: "办什么事", en: "For what matter" },
  cause: { zh: "事由", en: "Reason" },
  type: { zh: "哪种证照", en: "Which certificate" },
  until: { zh: "答复期限", en: "Answer before" },
  asked: { zh: "对方会看到", en: "What will be seen" },
  noneHeld: {
    zh: "本机没有这种证照，不能答复。请先领取“{type}”。",
    en: "There is no such certificate on this device. Claim ‘{type}’ first.",
  },
  lacks: {
    zh: "这份证照没有对方要的信息：{claims}",
    en: "This certificate does not have what is asked for: {claims}",
  },
  notGranted: {
    zh: "这件事不在持证人授权您代亮的事项之内。",
    en: "You may not show this certificate for this matter.",
  },
  needsHolder: {
    zh: "这件事要求证明您是持证人，本机的这份证照做不到。",
    en: "This matter demands proof of the holder, which this device can't give.",
  },
  which: { zh: "用哪一份", en: "Which one" },
  consent: { zh: "我单独同意出示敏感信息“{claim}”", en: "I separately consent to show ‘{claim}’" },
  agree: { zh: "同意并出示", en: "Agree and show" },
  refuse: { zh: "拒绝", en: "Refuse" },
  answering: { zh: "正在出示…", en: "Showing…" },
  answered: { zh: "已出示给 {audience}", en: "Shown to {audience}" },
  answeredHelp: {
    zh: "工作人员的屏幕上会出现核验结果，您不需要再做什么。",
    en: "The clerk sees the result. There is nothing more for you to do.",
  },
  refused: { zh: "没有出示任何信息", en: "Nothing was shown" },
  refusedHelp: {
    zh: "对方不会收到您的任何信息。请求到时间会自动失效。",
    en: "Nothing of yours was sent. The request will run out by itself.",
  },
  closed: {
    zh: "这个请求已经答复过了或已过期",
    en: "This request was answered already or has run out",
  },
  closedHelp: {
    zh: "请让工作人员重新发起。",
    en: "Ask the clerk for a new one.",
  },
  another: { zh: "答复另一个请求", en: "Answer another request" },

  NAME_DECEIVES: {
    zh: "请求方的名称里有看不见或容易混淆的字符，可能是冒充的。",
    en: "The name of who asks holds characters that are hidden or easily confused: it may be false.",
  },
  REGION_UNKNOWN: {
    zh: "请求方没有说明所在地。",
    en: "Who asks has not said where it is.",
  },
  MATTER_UNKNOWN: {
    zh: "请求的事项不在事项目录里。",
    en: "The matter is not in the list of service items.",
  },
  ASKS_MORE: {
    zh: "除必须出示的以外，对方还要标有“额外”的信息。",
    en: "Beyond what is always shown, the items marked ‘extra’ are wanted.",
  },
  ASKS_SENSITIVE: {
    zh: "对方要敏感信息。每一项都要您单独同意。",
    en: "Sensitive items are wanted. Each needs your separate consent.",
  },
  doubts: { zh: "请先留意", en: "Please note" },
  extra: { zh: "额外", en: "Extra" },
} as const;

export const DELEGATION = {
  title: { zh: "请人代亮“{name}”", en: "Let someone show ‘{name}’ for you" },
  help: {
    zh: "代亮人用自己的手机，只能为您选定的事项出示您选定的信息，到期自动失效，您也可以随时收回。",
    en: "On a phone of their own they can show what you choose, for the matters you choose, until a day you choose. You can take it back at any time.",
  },
  impossible: {
    zh: "这份证照不能请人代亮：它不是从发证机关领取到本机的。",
    en: "Nobody else can show this certificate: it was not claimed on this device from its agency.",
  },
  delegate: { zh: "代亮人姓名", en: "Name of the person" },
  delegateHelp: { zh: "与身份证一致", en: "As on their identity card" },
  reason: { zh: "关系", en: "Who they are" },
  matters: { zh: "可用于哪些事项", en: "For which matters" },
  mattersNone: {
    zh: "现在查不到可以用这种证照办理的事项。请连接网络后再试。",
    en: "No matters for this certificate are known here now. Try again when you are online.",
  },
  mattersMost: { zh: "最多选 {most} 项", en: "{most} at most" },
  claims: { zh: "可以出示哪些信息", en: "What may be shown" },
  until: { zh: "到哪一天为止", en: "Until which day" },
  untilHelp: { zh: "最长一年", en: "A year at most" },
  confirm: { zh: "确认授权", en: "Confirm" },
  sending: { zh: "正在提交给发证机关…", en: "Sending to the agency…" },
  done: { zh: "已授权 {delegate}", en: "{delegate} may now claim it" },
  doneHelp: {
    zh: "让对方用手机扫下面的码，或在“领取证照”里输入领证码。领证码只能用一次，{until} 前有效。",
    en: "Let them scan this code with their phone, or type the claim code. It works once, until {until}.",
  },
  claimCode: { zh: "领证码", en: "Claim code" },
  claimLabel: { zh: "领证二维码，交给 {delegate} 扫描", en: "QR code for {delegate} to claim it" },
  given: { zh: "已授权的人", en: "Whom you let show it" },
  givenNone: { zh: "还没有授权任何人。", en: "Nobody yet." },
  givenUnknown: {
    zh: "现在连不上发证机关，看不到已授权的人。",
    en: "The agency can't be reached now, so the list can't be shown.",
  },
  takeBack: { zh: "收回", en: "Take back" },
  takeBackOf: { zh: "收回对 {delegate} 的授权", en: "Take back from {delegate}" },
  takeBackSure: {
    zh: "确定收回对 {delegate} 的授权吗？",
    en: "Take it back from {delegate}?",
  },
  keep: { zh: "不收回", en: "Keep it" },
  takenBack: {
    zh: "已收回。对方手机上已有的证明最晚 {until} 失效。",
    en: "Taken back. What is on their phone ends by {until} at the latest.",
  },
  takenBackAtOnce: { zh: "已收回，立即失效。", en: "Taken back, at once." },
  open: { zh: "等待领取", en: "Not yet claimed" },
  claimed: { zh: "已领取", en: "Claimed" },
  withdrawn: { zh: "已收回", en: "Taken back" },
  ended: { zh: "已到期", en: "Ended" },
  NAME_MISSING: { zh: "请写代亮人的姓名。", en: "Write the person's name." },
  NAME_UNFIT: {
    zh: "姓名最多 50 个字，不能有看不见的字符。",
    en: "A name of at most 50 characters, none of them hidden.",
  },
  MATTERS_MISSING: { zh: "请至少选一个事项。", en: "Choose a matter at least." },
  MATTERS_TOO_MANY: { zh: "事项最多选 16 个。", en: "Choose 16 matters at most." },
  CLAIMS_MISSING: { zh: "请至少选一项信息。", en: "Choose an item at least." },
  UNTIL_PAST: { zh: "请选今天以后的日子。", en: "Choose a day after today." },
  UNTIL_FAR: { zh: "最长一年，请选早一些的日子。", en: "A year at most: choose an earlier day." },
} as const;
