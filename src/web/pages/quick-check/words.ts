/** The words of anyone's check. */
export const QUICK_CHECK = {
  title: { zh: "扫码验真", en: "Check a code" },
  intro: {
    zh: "用手机相机扫证照上的码，就会打开本页并给出结论。也可以把码的内容粘贴到下面。",
    en: "Point a phone’s camera at the code on a certificate: this page opens with the verdict. Or paste what the code holds below.",
  },
  stays: {
    zh: "核验在这台手机上完成。码里的内容不会发出；只向核验服务查询这一批证照的编号。",
    en: "The check is made on this phone. What the code holds is not sent; the verifier is asked about the batch’s number alone.",
  },
  site: { zh: "本页网址", en: "This page is" },
  siteCheck: {
    zh: "请与地址栏核对，只有地址栏可信",
    en: "Compare it with the address bar: only that can be trusted",
  },
  siteOther: {
    zh: "核验服务登记的网址是 {host}，与本页不同。请不要相信本页的结论。",
    en: "The verifier’s own address is {host}, which this page’s is not. Don’t believe what this page says.",
  },
  siteOpen: {
    zh: "本页没有加密连接，途中可能被人改动，请换用 https 网址。",
    en: "This page did not come over an encrypted connection and may have been altered: use its https address.",
  },
  codeOther: {
    zh: "码上印的网址是 {host}，不是本页。结论仍由本页得出；请不要打开那个网址。",
    en: "The code is printed for {host}, which is not this page. The verdict is this page’s own; don’t open that address.",
  },
  agency: { zh: "发证机关（链上登记）", en: "Agency (as registered on the chain)" },
  agencyClaimed: {
    zh: "码上写的是{name}，但内容不实，与该机关无关",
    en: "The code names {name}, but is not what that agency issued",
  },
  agencyUnknown: {
    zh: "链上没有这个机关或这批证照的记录",
    en: "The chain has no record of this agency or of this batch",
  },
  agencyAsked: {
    zh: "还没有查到链上记录，无法确认是哪个机关",
    en: "The chain’s record is not at hand, so it can’t be said which agency it is",
  },
  judging: { zh: "正在核验…", en: "Checking…" },
  another: { zh: "再查一个", en: "Check another" },
  code: { zh: "码的内容", en: "What the code holds" },
  codeHint: {
    zh: "以 https:// 或 LZ1: 开头的一长串文字",
    en: "A long text that begins https:// or LZ1:",
  },
  check: { zh: "核验", en: "Check" },
  paste: { zh: "粘贴", en: "Paste" },
  pasteRefused: {
    zh: "浏览器不允许读取剪贴板，请长按输入框粘贴。",
    en: "The browser does not let the page read the clipboard: press and hold in the field to paste.",
  },
  empty: { zh: "请先粘贴或输入码的内容。", en: "Paste or type what the code holds first." },
  camera: { zh: "窗口人员请用窗口核验", en: "At a counter? Use the counter’s page" },
  offlineNothing: {
    zh: "这台手机连不上核验服务，本机也没有这批证照的记录，所以只检查了内容是否完整。请联网后重试。",
    en: "This phone can’t reach the verifier and holds no record of this batch, so only the content itself was checked. Try again with a network.",
  },
  offlineKept: {
    zh: "这台手机连不上核验服务，结论依据本机以前留下的记录得出。",
    en: "This phone can’t reach the verifier; the verdict rests on what it kept from before.",
  },
  refused: {
    zh: "核验服务的回答没有有效签名，没有采信。",
    en: "What the verifier answered was not signed by its key, and was not taken.",
  },
  failed: {
    zh: "核验服务暂时没有给出这批证照的记录。",
    en: "The verifier did not give its record of this batch.",
  },
  newKey: {
    zh: "核验服务换了签名密钥（指纹 {fingerprint}），本机没有采信。请与服务方公布的指纹核对，一致才点信任。",
    en: "The verifier signs with a new key ({fingerprint}), which was not trusted. Compare it with what its operator publishes, and trust it only if they agree.",
  },
  trustKey: { zh: "已核对，信任新密钥", en: "They agree: trust the new key" },
  failedHere: {
    zh: "本页没能完成核验，这不表示证照有问题。请检查网络后重试。",
    en: "The page could not make the check, which says nothing against the certificate. Check the network and try again.",
  },
  retry: { zh: "重试", en: "Try again" },
  matchPaper: {
    zh: "请把上面的信息与纸面逐项核对：纸可以改，码改不了。",
    en: "Compare what is above with the paper, item by item: paper can be altered, the code can’t.",
  },
  regionRule: {
    zh: "已按本机设置的地区（{region}）检查当地是否认可。",
    en: "Checked also whether your region accepts it ({region}, from the settings).",
  },
  meaning: { zh: "这个结论是什么意思", en: "What does this mean?" },
  meansValid: {
    zh: "“有效”：内容没有改动，由有权的机关颁发，现在没有被注销、吊销或暂停，也在有效期内。",
    en: "“Valid”: nothing in it was altered, an agency with the right to do so issued it, and it has neither ended, been suspended nor expired.",
  },
  meansRefused: {
    zh: "“不可用”：至少一项检查没有通过，原因写在结论下面。不一定是伪造，例如可能已经换发新证。",
    en: "“Not usable”: at least one check failed, and the reason stands below the verdict. It need not be a forgery: it may have been replaced.",
  },
  meansUnsure: {
    zh: "“暂时无法判断”：现在查不到需要的记录，不表示证照有问题。",
    en: "“Can’t tell”: a record that is needed can’t be had now. It says nothing against the certificate.",
  },
  meansPerson: {
    zh: "印在纸上的码只能证明证照，不能证明拿着它的人是谁：请核对本人。",
    en: "A printed code proves the certificate, not who holds it: compare the person.",
  },
  meansBack: { zh: "看谁认可这类证照", en: "See who recognises this type" },
} as const;
