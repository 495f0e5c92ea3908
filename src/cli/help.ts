/** The overview that ./lz shows: what each command is for, in the order of the journey. */
const OVERVIEW = `Liangzheng 亮证 — electronic certificates issued in one region and verified in any other

  ./lz demo        the whole story on this machine, in a minute       一分钟演示
  ./lz test        everything that is checked                         全部测试

 set up  搭建
  ./lz chain       start a local chain                                启动本地链
  ./lz deploy      deploy the contracts and publish the catalogue     部署合约、发布目录
  ./lz agency      register and show agencies                         发证机关
  ./lz recognise   say which region accepts what                      互认规则

 issue   签发
  ./lz sample      write synthetic records                            生成样例数据
  ./lz issue       issue a batch and anchor it                        批量签发并上链
  ./lz export      write certificate files                            导出证照文件
  ./lz status      suspend, revoke, … and show                        证照状态

 show    亮证
  ./lz key         make a holder's key                                持证人密钥
  ./lz present     show a certificate as a QR code                    亮证

 verify  核验
  ./lz verify      verify a file, a picture or a code                 核验
  ./lz serve       run the verifier                                   核验服务

 audit   审计
  ./lz audit       replay the whole history                           审计

Every command has --help and --json, and says what comes next. Exit codes: 0 done or accepted, 1 rejected, 2 can't tell,
64 usage, 65 bad input data, 69 service unavailable, 70 internal.
Settings: LZ_HOME (default .liangzheng), LZ_RPC, LZ_DIRECTORY, LZ_TIMEOUT_MS.
`;

export function showHelp(): void {
  // Whoever reads it has seen enough: `lz help | head`.
  process.stdout.on("error", () => process.exit());
  process.stdout.write(OVERVIEW);
}
