/** The overview that ./lz shows: what each command is for, in the order of the journey. */
import { Command } from "commander";

const OVERVIEW = `Liangzheng 亮证 — electronic certificates issued in one region and verified in any other

  ./lz demo        the whole story on this machine, in half a minute  一分钟演示
  ./lz test        everything that is checked                         全部测试
  ./lz bench       how fast it is, beside the peers                   性能测量

 set up  搭建
  ./lz chain       start a local chain                                启动本地链
  ./lz deploy      deploy the contracts and publish the catalogue     部署合约、发布目录
  ./lz pages       build the pages of wallet and counter anew         构建页面

 govern  治理
  ./lz authority   who speaks for which region                        主管部门
  ./lz agency      agencies, what they may issue, and their keys      发证机关
  ./lz recognise   which region accepts what, and why                 互认规则
  ./lz catalogue   publish, list and compare certificate types        证照目录
  ./lz history     who changed what, when, and on what basis          沿革
  ./lz migrate     go on in the next version of the contracts         迁移账本
  ./lz drill       rehearse the theft of a key                        演练

 issue   签发
  ./lz sample      write synthetic records                            生成样例数据
  ./lz map         say which column gives which claim                 列映射
  ./lz issue       issue certificates and anchor them                 批量签发并上链
  ./lz jobs        what was issued; go on with what broke off         签发任务
  ./lz export      write certificate files                            导出证照文件
  ./lz qr          codes on paper                                     打印核验二维码
  ./lz pdf         certificates as pages                              证照版式文件
  ./lz claim       codes with which holders fetch theirs              领证码
  ./lz binding     that a certificate belongs to a holder's key       持证人绑定
  ./lz status      suspend, revoke, … and show                        证照状态
  ./lz store       check what is kept, erase a certificate            机构数据库

 show    亮证
  ./lz key         make a holder's key                                持证人密钥
  ./lz present     show a certificate as a QR code                    亮证

 verify  核验
  ./lz verify      verify a file, a picture or a code                 核验
  ./lz request     ask a holder to show a certificate                 亮证请求
  ./lz trust-pack  what a counter needs without a network             离线信任包
  ./lz serve       run the verifier, or an agency's endpoint          核验与领证服务
  ./lz retention   erase what a service kept long enough              清理到期数据
  ./lz client      who may call it, and as what                       调用方

 audit   审计
  ./lz audit       replay the whole history                           审计
  ./lz log         the log of uses: check it, read it, anchor it      用证记录
  ./lz receipt     judge what a receipt is about again                核验回执

Every command has --help (./lz help COMMAND says the same) and --json, and says what comes next. ./lz version says which
version this is.
Exit codes: 0 done or accepted, 1 rejected, 2 can't tell, 64 usage, 65 bad input data, 69 service unavailable, 70 internal.
Settings: LZ_HOME (default .liangzheng), LZ_STORE (default: agency.sqlite in it), LZ_SERVICE_STORE (default: service.sqlite
in it), LZ_RPC, LZ_DIRECTORY, LZ_TIMEOUT_MS, LZ_KEY_PASSWORD_FILE, LZ_STORE_KEY.
`;

const COMMANDS = Array.from(OVERVIEW.matchAll(/\.\/lz ([a-z-]+)/g), ([, name]) => String(name));

/** Whether the overview names it: `lz help issue` is `lz issue --help` then. */
export function isCommand(name: string): boolean {
  return COMMANDS.includes(name);
}

/** Has all commands' names and none of their work: it refuses whatever is called otherwise, and guesses what was meant. */
export function overviewCommand(): Command {
  const overview = new Command("");
  for (const name of new Set(COMMANDS)) overview.command(name);
  return overview.option("--version").option("--json");
}

export function showHelp(): void {
  // Whoever reads it has seen enough: `lz help | head`.
  process.stdout.on("error", () => process.exit());
  process.stdout.write(OVERVIEW);
}
