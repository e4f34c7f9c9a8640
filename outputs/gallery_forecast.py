"""What the charts of a forecast ask and how they are read, in the order in which a planner asks."""

from __future__ import annotations

from ..model.text import Text
from .gallery_entry import Entry

BANDS = Text("深、浅色带分别容纳50%和90%的推演，", "Dark and light bands hold 50 % and 90 % of the runs; ")
ENTRIES = (
    Entry(
        "targets",
        "forecast",
        Text("各项目标达标概率一览", "All targets at a glance"),
        Text("各项目标能否按期实现？把握有多大？", "Will each target be reached by its date, and how sure is that?"),
        Text(
            "一行一项目标；名义、实效两种口径分行列出。圆点是按期达标的概率，横线是概率的95%区间，灰色菱形是不实施计划"
            "时的概率；颜色和用语按整个区间判定，区间跨档的写“尚不能判断”。右侧是预计值：中位数和90%的推演所在的范围。"
            "先看区间再看圆点；名义口径可望达标而实效口径难以达标的，说明枢纽挂了牌但未必运转。",
            "One row per target, nominal and effective counting apart. The dot is the probability of reaching it in "
            "time, the line its 95 % interval, the grey diamond the probability without the plan; colour and word go "
            "by the whole interval, and one that lies across classes is called open. On the right the outcome: its "
            "median and where 90 % of the runs lie. Look at the line before the dot. A target likely to be met "
            "nominally and unlikely effectively means that hubs are named but need not work.",
        ),
    ),
    Entry(
        "dates",
        "forecast",
        Text("达标概率随时间的变化", "The chance of each target by date"),
        Text("目标最早什么时候可望达到？达到之后守得住吗？", "How early can a target be met, and does it stay met?"),
        Text(
            "每幅小图一项目标：横轴是月份，纵轴是到当月底已达到要求的推演占比，色带是95%区间（只在年底才有数据或才考核"
            "的，画成点和须线）；竖虚线是期限，灰色是不实施计划的情形。曲线在期限前早早升高，说明有余量；期限时仍在陡"
            "升，说明晚一点检查结论就会不同；期限后回落，说明成绩没有守住。",
            "One panel per target: the share of runs that meet it at each month's end, with its 95 % interval (dots "
            "with whiskers where it is known or checked only then); the dashed line is the deadline, grey is what "
            "happens without the plan. A curve that rises well before the deadline leaves a margin; one that is still "
            "steep there would give another answer a few months later; one that falls afterwards was not held.",
        ),
    ),
    Entry(
        "coverage",
        "forecast",
        Text("街道枢纽覆盖率逐月变化", "Hub coverage by month"),
        Text(
            "枢纽覆盖率按什么路径走到期限？名义和实效差多少？",
            "By what path does hub coverage get to the deadline, and how far apart are nominal and effective?",
        ),
        Text(
            f"左为名义口径（挂牌即计），右为实效口径（在运转、有人、有服务才计），纵轴相同。实线是中位数，{BANDS.zh}灰"
            "色虚线是不实施计划的情形，点线是目标，竖虚线是期限，阴影是期限之后。两幅图的差距就是挂牌与运转的差距；期"
            "限后右图下滑，说明枢纽到期后难以维持运转。",
            "Left nominal (named is counted), right effective (only what works, is staffed and serves), on one "
            f"scale. The line is the median. {BANDS.en}grey is what happens without the plan, dotted the target, "
            "upright the deadline, shaded what comes after. The gap between the two panels is that between a name "
            "and a working hub; a fall on the right after the deadline means that hubs stop working once the plan is "
            "over.",
        ),
    ),
    Entry(
        "indicators",
        "forecast",
        Text("其他考核指标逐月变化", "The other targets' indicators by month"),
        Text("除覆盖率外，各考核指标离目标还有多远？", "How far from their targets are the other indicators?"),
        Text(
            f"每幅小图一项指标：实线是中位数，{BANDS.zh}点线是目标值，圆点是考核时点，灰色是不实施计划的情形。要求每个"
            "地区都达到的目标，画的是达到要求的地区占比。色带整个越过点线，才算稳妥。",
            f"One panel per indicator: the line is the median. {BANDS.en}dotted is the target with a dot where it is "
            "checked, grey is what happens without the plan. Where every place must reach it, the share of places that "
            "do is drawn. It is safe only where the whole band has crossed the dotted line.",
        ),
    ),
    Entry(
        "grid",
        "forecast",
        Text("两个未公布的数对结论的影响", "What two unpublished figures do to the answer"),
        Text(
            "起点覆盖率和考核力度没有公开数据，结论因此有多大出入？",
            "Nobody has published the starting coverage or the strength of orders: how much hangs on them?",
        ),
        Text(
            "每格固定起点覆盖率（横）和考核督办强度（纵），格内是达标概率，颜色越深越高；橙框是最接近本情景设定的一格。"
            "左右相差大，应先摸清起点；上下相差大，说明结论系于考核力度。各格推演次数较少，只看大势。",
            "Each cell fixes the coverage at the start (across) and the strength of orders (up); in it stands the "
            "probability, the darker the higher. The frame marks the cell nearest to the scenario. If cells differ "
            "from left to right, find out where the place starts; if from bottom to top, the answer hangs on orders. "
            "Cells rest on few runs: look at the pattern, not at single cells.",
        ),
    ),
    Entry(
        "streets",
        "forecast",
        Text("各街道何时建成枢纽", "Which streets have a hub, and when"),
        Text(
            "哪些街道较早建成枢纽？哪些到期仍可能是空白？",
            "Which streets get a hub early, and which may have none in time?",
        ),
        Text(
            "城市一行一个街道，省一行一个县或市州；横轴是月份，颜色越深，到当月底建成过枢纽的概率（或占比）越高，左右"
            "分别为名义和实效口径，竖虚线是期限。到期限仍呈浅色的，是需要专门安排的地方。单个街道受偶然因素影响大，不"
            "宜据此排名。",
            "A row per street in a city, per county or prefecture in a province; the darker, the higher the "
            "probability (or share) of having had a hub by the end of the month; nominal left, effective right, "
            "dashed the deadline. Rows that are still pale at the deadline need an arrangement of their own. What "
            "happens in a single street is largely chance: do not rank streets by this.",
        ),
    ),
    Entry(
        "tiles",
        "forecast",
        Text("枢纽建成情况方格图", "Streets and districts as a tile map"),
        Text("空白集中在哪些区县？", "Where do the gaps lie?"),
        Text(
            "每个方格是一个街道（乡镇），按所属区县（省为市州）排在一起，左为名义口径、右为实效口径。颜色是半数以上推演已"
            "建成首个枢纽的年份，越深越早；填充的长度是到期限建成过枢纽的概率。方格的位置只表示隶属关系，不是地图上的方"
            "位，大小也与人口无关。",
            "Each tile is a street or township, grouped by district (in a province by prefecture): nominal left, "
            "effective right. Its colour is the year by which half of the runs or more have had the first hub, the "
            "darker the earlier; it is filled as far as a hub is likely by the deadline. Tiles stand where they "
            "belong, not where they lie on a map, and their size says nothing of residents.",
        ),
    ),
    Entry(
        "organizations",
        "forecast",
        Text("组织数量：层级与阶段", "Organizations by rung and by stage"),
        Text(
            "社区社会组织会有多少？分别处在哪一级、哪一阶段？",
            "How many organizations will there be, on which rung and at which stage?",
        ),
        Text(
            f"上排按层级（活动小组、备案、登记），下排按成长阶段；各小图纵轴不同，均从0开始。实线是中位数，{BANDS.zh}"
            "阴影是期限之后。备案数上升而活动小组下降，多半是原有小组转为备案，不是新增。",
            "Above by rung (groups, filed, registered), below by stage of growth; each panel has its own scale from "
            f"0. The line is the median. {BANDS.en}shaded is what comes after the deadline. Where filed organizations "
            "rise while groups fall, it is mostly existing groups that are filed, not new ones.",
        ),
    ),
    Entry(
        "capability",
        "forecast",
        Text("组织能力", "What organizations are able to do"),
        Text("组织能力有没有提高？短板在哪一方面？", "Do organizations become more able, and what lags behind?"),
        Text(
            f"左为总体得分（0～1分），实线是中位数，{BANDS.zh}右为内部治理、服务、财务、负责人四个方面的中位数。纵轴不"
            "从0开始，变化看起来比实际大，请对照刻度。只算实际活动的备案和登记组织。",
            f"Left the mean score (0 to 1): the line is the median. {BANDS.en}right the medians of its four parts. The "
            "axis does not begin at 0, so changes look larger than they are: read the scale. Only filed and registered "
            "organizations that are active are counted.",
        ),
    ),
    Entry(
        "town_country",
        "forecast",
        Text("城乡对照", "Town and country"),
        Text("农村社区跟得上城市社区吗？", "Do villages keep up with urban communities?"),
        Text(
            "上排为城市社区，下排为农村社区（村），同一列纵轴相同：每个社区的组织数、组织能力、需求满足率（上排为全体"
            f"居民）。实线是中位数，{BANDS.zh}灰色是不实施计划的情形。只有城市或只有农村的地区没有此图。",
            "Urban communities above, villages below, on one scale per column: organizations per community, "
            f"capability, needs met (above: of all residents). The line is the median. {BANDS.en}grey is what happens "
            "without the plan. A place that is all town or all country has no such chart.",
        ),
    ),
    Entry(
        "money",
        "forecast",
        Text("资金从哪来、花到哪去", "Where the money comes from and goes to"),
        Text(
            "要花多少钱？主要花在哪里？期限后还有多少？",
            "What does it cost, what is it paid for, and what is left after the deadline?",
        ),
        Text(
            "左图是各类出资方逐年拨付（均值），按支持方式分色；右图是枢纽和组织合计的收入、支出和结余（中位数，竖线为"
            "90%的推演所在的范围）。阴影是期限之后。拨付与收入不是一回事：收入还包括捐赠和自营收入。",
            "Left what funders pay per year (means), by instrument; right what hubs and organizations together "
            "receive, spend and keep (medians, whiskers hold 90 % of the runs). Shaded is what comes after the "
            "deadline. What is paid and what is received differ: received includes donations and earned income.",
        ),
    ),
    Entry(
        "network",
        "forecast",
        Text("枢纽、导师与出资方的联系", "Who pays, hosts and mentors whom"),
        Text("谁出资、谁孵化、谁带谁？有没有孤立的环节？", "Who pays, hosts and mentors whom, and what stands alone?"),
        Text(
            "每行一个区县，左边的方块是区级民政经费，连到它拨过款的枢纽；枢纽周围的点是它孵化或代管资金的组织，点越多枢纽"
            "越大。省级按市州汇总成圆，面积与数目成正比。图中只是一次推演（名义覆盖率最接近中位数的那一次）在期限时的"
            "样子，用来看结构，不用来看某一家；没有任何联系的组织不画，没有记录的拨款不连线。",
            "A row per district: the square on the left is its bureau, joined to the hubs it is known to have paid; "
            "the dots around a hub are the organizations that it incubates or holds money for. A province is summed "
            "up by prefecture, circles as large as the numbers. It shows a single run at the deadline, the one whose "
            "nominal coverage is nearest to the median: good for the pattern, not for any one organization. "
            "Organizations without links are not drawn, nor are payments of which nothing is kept.",
        ),
    ),
    Entry(
        "after",
        "forecast",
        Text("期限过后留下多少", "What remains after the deadline"),
        Text("计划期满、投入减下来以后，成果能守住多少？", "When the plan ends and its money stops, how much is kept?"),
        Text(
            "每行一项指标：期末值相当于期限时的百分之多少，圆点是中位数，粗线容纳90%的推演；竖虚线是100%，即原样守住。"
            "整条线在100%左边的，是守不住的；跨在线上的，看不出升降。",
            "One row per indicator: its value at the end as a share of that at the deadline; the dot is the median, "
            "the bar holds 90 % of the runs, the dashed line is 100 %, nothing lost. A bar wholly to the left is a "
            "loss; one that crosses the line shows neither gain nor loss.",
        ),
    ),
)
