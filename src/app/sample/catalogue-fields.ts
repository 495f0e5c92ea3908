/**
 * What certificate types of a made-up catalogue are about: the fields that ministries look after, and in each
 * what organisations do, what people qualify for and what is registered. All pairs are Chinese, English.
 */

export type Pair = readonly [zh: string, en: string];

export interface CatalogueField {
  readonly name: Pair;
  /** What an organisation needs a licence for. */
  readonly activities: readonly Pair[];
  /** What a person needs a qualification for. */
  readonly occupations: readonly Pair[];
  /** What is registered and inspected. */
  readonly things: readonly Pair[];
}

function field(
  name: string,
  activities: string,
  occupations: string,
  things: string,
): CatalogueField {
  const [own] = pairs(name);
  return {
    name: own as Pair,
    activities: pairs(activities),
    occupations: pairs(occupations),
    things: pairs(things),
  };
}

/** "中文 English; 中文 English" */
function pairs(text: string): Pair[] {
  return text.split("; ").map((pair) => {
    const at = pair.indexOf(" ");
    return [pair.slice(0, at), pair.slice(at + 1)];
  });
}

export const CATALOGUE_FIELDS: readonly CatalogueField[] = [
  field(
    "交通运输 Transport",
    "道路旅客运输 Road passenger transport; 道路货物运输 Road freight transport; 水路运输 Waterway transport; 机动车维修 Motor vehicle repair",
    "出租汽车驾驶员 Taxi driver; 船员 Seafarer; 危险货物押运员 Dangerous goods escort",
    "营运车辆 Commercial vehicle; 内河船舶 Inland vessel",
  ),
  field(
    "住房城乡建设 Housing and construction",
    "建筑施工 Building construction; 工程监理 Construction supervision; 物业服务 Property management; 燃气经营 Gas supply",
    "造价工程师 Cost engineer; 监理工程师 Supervising engineer; 建筑施工管理员 Construction manager",
    "商品房预售 Advance sale of housing; 建筑起重机械 Construction hoist",
  ),
  field(
    "市场监督管理 Market regulation",
    "食品生产 Food production; 特种设备生产 Special equipment manufacturing; 计量器具校准 Measuring instrument calibration; 检验检测 Inspection and testing",
    "特种设备作业人员 Special equipment operator; 注册计量师 Registered metrologist; 食品安全管理员 Food safety manager",
    "电梯 Lift; 压力容器 Pressure vessel",
  ),
  field(
    "卫生健康 Health",
    "医疗机构执业 Medical institution practice; 放射诊疗 Radiological diagnosis; 母婴保健技术服务 Maternal and infant care; 消毒产品生产 Disinfectant manufacturing",
    "护士 Nurse; 乡村医生 Village doctor; 健康管理师 Health manager",
    "大型医用设备 Large medical equipment; 公共场所卫生 Public place hygiene",
  ),
  field(
    "药品监督管理 Drug regulation",
    "药品经营 Drug distribution; 医疗器械生产 Medical device manufacturing; 化妆品生产 Cosmetics manufacturing; 药品网络销售 Online drug sale",
    "执业药师 Licensed pharmacist; 药品检验员 Drug inspector; 医疗器械维修员 Medical device technician",
    "第二类医疗器械 Class II medical device; 中药饮片 Prepared herbal medicine",
  ),
  field(
    "人力资源社会保障 Human resources",
    "人力资源服务 Human resources service; 劳务派遣 Labour dispatch; 民办职业培训 Private vocational training; 职业技能评价 Vocational skill assessment",
    "劳动关系协调员 Labour relations coordinator; 职业指导员 Career counsellor; 技工院校教师 Technical school teacher",
    "劳动合同备案 Labour contract record; 社会保障卡 Social security card",
  ),
  field(
    "民政 Civil affairs",
    "养老机构 Elderly care institution; 社会团体 Social association; 慈善组织 Charity; 殡葬服务 Funeral service",
    "社会工作者 Social worker; 养老护理员 Elderly carer; 婚姻家庭咨询师 Family counsellor",
    "特困人员供养 Support for the destitute; 收养 Adoption",
  ),
  field(
    "教育 Education",
    "民办学校办学 Private school operation; 校外培训 After-school training; 自费留学中介 Study abroad agency; 幼儿园办园 Kindergarten operation",
    "教师 Teacher; 普通话水平测试员 Mandarin examiner; 校外培训教师 After-school tutor",
    "学籍 School enrolment; 校车 School bus",
  ),
  field(
    "自然资源 Natural resources",
    "矿产资源勘查 Mineral exploration; 测绘 Surveying and mapping; 地质灾害防治 Geological hazard prevention; 土地估价 Land valuation",
    "注册测绘师 Registered surveyor; 城乡规划师 Urban planner; 矿业权评估师 Mining rights appraiser",
    "海域使用 Sea area use; 采矿权 Mining right",
  ),
  field(
    "生态环境 Ecology and environment",
    "危险废物经营 Hazardous waste operation; 辐射安全 Radiation safety; 环境监测服务 Environmental monitoring; 排污 Pollutant discharge",
    "环境影响评价工程师 Environmental impact engineer; 辐射防护员 Radiation protection officer; 核安全工程师 Nuclear safety engineer",
    "放射源 Radioactive source; 排污权 Emission right",
  ),
  field(
    "农业农村 Agriculture",
    "农作物种子生产 Crop seed production; 兽药经营 Veterinary drug sale; 动物诊疗 Animal clinic; 农药经营 Pesticide sale",
    "执业兽医 Licensed veterinarian; 农业技术员 Agricultural technician; 动物检疫员 Animal quarantine officer",
    "渔业船舶 Fishing vessel; 拖拉机 Tractor",
  ),
  field(
    "水利 Water resources",
    "取水 Water abstraction; 水利工程质量检测 Hydraulic works testing; 河道采砂 River sand extraction; 水文监测 Hydrological monitoring",
    "水利工程造价员 Hydraulic cost estimator; 水利安全管理员 Hydraulic safety manager; 水土保持监测员 Soil conservation monitor",
    "水库大坝 Reservoir dam; 农田灌溉设施 Irrigation works",
  ),
  field(
    "应急管理 Emergency management",
    "危险化学品经营 Hazardous chemicals sale; 烟花爆竹经营 Fireworks sale; 矿山安全生产 Mine safety; 安全评价 Safety assessment",
    "注册安全工程师 Registered safety engineer; 消防设施操作员 Fire facility operator; 矿山救护员 Mine rescuer",
    "危险化学品 Hazardous chemical; 应急避难场所 Emergency shelter",
  ),
  field(
    "公安 Public security",
    "保安服务 Security service; 旅馆业特种行业 Hotel trade; 爆破作业 Blasting; 公章刻制 Seal engraving",
    "保安员 Security guard; 机动车驾驶教练员 Driving instructor; 爆破员 Blaster",
    "机动车 Motor vehicle; 民用枪支 Civilian firearm",
  ),
  field(
    "司法行政 Justice",
    "律师事务所执业 Law firm practice; 司法鉴定 Forensic examination; 公证机构执业 Notary office practice; 基层法律服务 Grassroots legal service",
    "律师 Lawyer; 公证员 Notary; 人民调解员 People's mediator",
    "法律援助 Legal aid; 仲裁员名册 Arbitrators' register",
  ),
  field(
    "财政 Finance",
    "会计师事务所执业 Accounting firm practice; 代理记账 Bookkeeping agency; 资产评估 Asset appraisal; 政府采购代理 Government procurement agency",
    "注册会计师 Certified public accountant; 资产评估师 Asset appraiser; 会计人员 Accountant",
    "非税票据 Non-tax receipt; 国有资产产权 State asset title",
  ),
  field(
    "税务 Taxation",
    "税务代理 Tax agency; 出口退税备案 Export tax refund; 印花税票代售 Stamp duty sale; 车船税代收 Vehicle tax collection",
    "税务师 Tax adviser; 办税员 Tax clerk; 涉税服务人员 Tax service officer",
    "完税 Tax payment; 车辆购置税 Vehicle purchase tax",
  ),
  field(
    "文化和旅游 Culture and tourism",
    "旅行社业务 Travel agency; 营业性演出 Commercial performance; 娱乐场所经营 Entertainment venue; 互联网文化经营 Online culture",
    "导游 Tour guide; 演出经纪人员 Performance agent; 文化市场执法员 Cultural market officer",
    "旅游民宿 Tourist homestay; 非物质文化遗产 Intangible heritage",
  ),
  field(
    "文物 Cultural heritage",
    "文物拍卖 Cultural relics auction; 文物保护工程施工 Heritage conservation works; 考古发掘 Archaeological excavation; 文物商店 Relics shop",
    "文物保护工程师 Heritage engineer; 文物鉴定员 Relics appraiser; 讲解员 Interpreter",
    "馆藏文物 Museum object; 不可移动文物 Immovable heritage",
  ),
  field(
    "新闻出版 Press and publication",
    "出版物零售 Publication retail; 印刷经营 Printing; 音像制作 Audio-visual production; 网络出版服务 Online publishing",
    "新闻记者 Journalist; 责任编辑 Responsible editor; 出版物发行员 Publication distributor",
    "作品著作权 Copyright in a work; 软件著作权 Software copyright",
  ),
  field(
    "广播电视 Radio and television",
    "广播电视节目制作 Programme production; 卫星电视接收 Satellite reception; 有线电视经营 Cable television; 网络视听节目 Online audio-visual programmes",
    "播音员主持人 Announcer; 广播电视编辑记者 Broadcast editor; 视听节目审核员 Programme reviewer",
    "电视剧发行 Television drama release; 广播发射设备 Broadcasting transmitter",
  ),
  field(
    "工业和信息化 Industry and information technology",
    "增值电信业务 Value-added telecommunications; 民用爆炸物品生产 Civil explosives production; 无线电台站 Radio station; 食盐定点批发 Salt wholesale",
    "通信工程师 Communications engineer; 无线电操作员 Radio operator; 数据安全管理员 Data security manager",
    "电信设备进网 Telecom equipment access; 道路机动车产品 Road vehicle product",
  ),
  field(
    "商务 Commerce",
    "成品油零售 Refined oil retail; 拍卖 Auction; 对外劳务合作 Overseas labour cooperation; 二手车交易 Used car trading",
    "拍卖师 Auctioneer; 典当业务员 Pawnbroker; 国际商务师 International business specialist",
    "对外贸易经营者 Foreign trader; 报废机动车回收 End-of-life vehicle recycling",
  ),
  field(
    "林业和草原 Forestry and grassland",
    "林木种子生产 Tree seed production; 木材经营加工 Timber processing; 野生动物人工繁育 Captive breeding; 森林防火服务 Forest fire prevention",
    "林业技术员 Forestry technician; 护林员 Forest ranger; 草原监理员 Grassland supervisor",
    "林权 Forest right; 古树名木 Ancient tree",
  ),
  field(
    "气象 Meteorology",
    "防雷装置检测 Lightning protection testing; 施放气球 Balloon release; 气象信息服务 Weather information service; 人工影响天气作业 Weather modification",
    "气象信息员 Weather information officer; 防雷检测员 Lightning protection tester; 人工影响天气作业员 Weather modification operator",
    "防雷装置 Lightning protection system; 气象专用设备 Meteorological equipment",
  ),
  field(
    "体育 Sport",
    "高危险性体育项目经营 High-risk sports operation; 体育培训 Sports training; 运动员注册单位 Athlete registration body; 体育彩票代销 Sports lottery sale",
    "社会体育指导员 Social sports instructor; 游泳救生员 Lifeguard; 体育裁判员 Sports referee",
    "体育场馆 Sports venue; 健身器材 Fitness equipment",
  ),
  field(
    "残疾人事务 Disability affairs",
    "残疾人托养服务 Disability day care; 康复机构 Rehabilitation institution; 盲人按摩机构 Blind massage clinic; 辅助器具适配 Assistive device fitting",
    "手语翻译员 Sign language interpreter; 康复治疗师 Rehabilitation therapist; 盲人按摩师 Blind massage therapist",
    "残疾人机动轮椅车 Motorised wheelchair; 辅助器具 Assistive device",
  ),
  field(
    "医疗保障 Medical security",
    "定点医疗机构 Designated medical institution; 定点零售药店 Designated pharmacy; 长期护理服务机构 Long-term care provider; 医药价格监测点 Drug price monitoring point",
    "长期护理师 Long-term carer; 医保医师 Insurance physician; 医保稽核员 Insurance auditor",
    "异地就医备案 Treatment away from home; 医疗救助 Medical assistance",
  ),
];
