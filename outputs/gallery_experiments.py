"""What the charts of experiments ask and how they are read: comparisons, sweeps, sensitivity analyses."""

from __future__ import annotations

from ..model.text import Text
from .gallery_entry import SCREENING, Entry

INERT = Text(
    "灰色惰性对照因子与模型无关，不高于它的因素看不出影响。",
    "The grey inert factor is connected to nothing: what is not above it shows no effect.",
)
ENTRIES = (
    Entry(
        "targets",
        "compare",
        Text("各方案下的目标达标概率", "Targets under each policy"),
        Text("换一套方案，各项目标的把握有何不同？", "How do the targets stand under each policy?"),
        Text(
            "一行一项目标，一列一个方案，对照在最左；格内是达标概率、95%区间和相应的用语，颜色按整个区间判定。▲、▼表示与"
            "对照配对相比，升降可与零区分；没有标记的，不要据此说哪个方案更好。",
            "A row per target, a column per policy, the base leftmost; in each cell the probability, its 95 % interval "
            "and the word that the whole interval allows, which also gives the colour. ▲, ▼: above, below the base "
            "beyond error, compared pair by pair; without a mark do not call one policy better by this chart.",
        ),
    ),
    Entry(
        "paths",
        "compare",
        Text("各方案下指标逐月变化", "Paths of an indicator under each policy"),
        Text("各方案的走势何时分开、差多少？", "When do the policies part, and by how much?"),
        Text(
            "灰线是对照方案，其余每色一个方案；线是中位数，色带容纳该方案90%的推演。各方案用同一组参数和随机数，所以色"
            "带重叠不等于没有差别，有没有差别看差异图。图例中列出各方案的达标概率及区间。",
            "Grey is the base, each colour a policy; lines are medians, bands hold 90 % of a policy's runs. All "
            "policies have the same parameters and luck, so overlapping bands do not mean that there is no "
            "difference: the chart of differences tells. The key gives each policy's probability with its interval.",
        ),
    ),
    Entry(
        "differences",
        "compare",
        Text("各方案与对照方案之差", "Differences from the base"),
        Text("换方案到底有没有差别？差多少？", "Does a policy really make a difference, and how large is it?"),
        Text(
            "每行一项结果、一个方案：圆点是与对照方案之差，横线是95%区间；实心表示区间不含零，空心表示与零分不开。右侧"
            "“精度倍数”说明逐次配对省了多少推演。空心不等于没有差别，只是现有推演次数看不出来。",
            "One row per outcome and policy: the dot is the difference from the base, the line its 95 % interval; "
            "filled where the interval leaves zero out, hollow where it does not. The ratio on the right tells how "
            "many runs the pairing saves. Hollow does not mean no difference: these runs cannot tell.",
        ),
    ),
    Entry(
        "costs",
        "compare",
        Text("多花多少钱、多得多少", "What more of a target costs"),
        Text("哪个方案的钱花得值？", "Which policy gives most for its money?"),
        Text(
            "上半是各方案到期限为止的公共资金，灰色为对照，右侧是与对照之差；下半是每个方案、每项指标的单价：每提高一个"
            "百分点多花多少，或每降低一点省下多少，横线是95%区间。与对照分不开的效果没有单价。区间重叠的单价不分先后；节"
            "省的单价和花费的单价不能直接比大小，先看文字说明是哪一种。",
            "Above the public money of each policy up to the deadline, grey for the base, with the difference at the "
            "right; below the price for each policy and figure: what one more percentage point costs, or one less "
            "saves, with its 95 % interval. An effect that is not told from none has no price. Prices whose intervals "
            "overlap are not ranked; savings and costs are not compared by size: read first which of the two it is.",
        ),
    ),
    Entry(
        "map",
        "sweep",
        Text("两项因素搭配的效果", "An outcome over two factors"),
        Text("两项因素怎样搭配，目标才有把握？", "Which combinations of two factors reach the target?"),
        Text(
            "横、纵轴各是一项因素，每格是一种搭配下的达标概率（或结果均值），颜色越深越高。沿一行或一列看单项加力的作"
            "用；深色只出现在一角的，说明两项要一起做。",
            "Each axis is a factor, each cell a combination with its probability (or mean), the darker the higher. "
            "Along a row or column one sees what a single factor does; where only one corner is dark, both are needed.",
        ),
    ),
    Entry(
        "response",
        "sweep",
        Text("结果随各因素的变化（批量推演）", "An outcome by the value of each factor (sweep)"),
        Text(
            "某项因素加到什么程度开始见效、又到什么程度不再见效？", "From where to where does more of a factor do more?"
        ),
        Text(
            "每幅小图一项因素：横轴是取值，圆点是其余因素取遍各自取值时的结果均值，色带是均值的95%区间。平的，说明这项"
            "因素在此范围内不起作用；各小图纵轴相同，可以互相比较。",
            "One panel per factor: its value across, dots are means over all values of the other factors, bands the "
            "95 % intervals of the means. A flat line has no effect within this range; all panels share one scale.",
        ),
    ),
    Entry(
        "levers",
        "sensitivity",
        Text("哪项政策左右哪项结果", "Which lever carries which outcome"),
        Text("各项政策杠杆主要作用在哪些结果上？", "On which outcomes does each lever act?"),
        Text(
            "一行一项政策，一列一项结果；数字是该政策连同与其他因素的共同作用所占的方差（或相对大小），颜色越深越大；"
            "括号内的与惰性对照因子分不开，视同没有影响。一列各有深浅，列与列之间不宜比较。",
            "A row per lever, a column per outcome; figures are the share of variance that hangs on the lever with "
            "all its interactions (or its relative size), the darker the larger. Figures in brackets cannot be told "
            "from the inert factor. Compare within a column, not between columns.",
        ),
    ),
    Entry(
        "indices",
        "sensitivity",
        Text("哪些因素左右结果", "What an outcome hangs on"),
        Text("结果主要由哪些政策、哪些未知数决定？", "Which levers and which unknowns decide the outcome?"),
        Text(
            "政策杠杆和不确定因素分开列，由大到小。实心点是总效应（连同交互作用所占的方差），空心点是单独效应，横线是"
            f"95%区间；两点相差大，说明主要通过与其他因素共同起作用。区间重叠的因素不分先后。{INERT.zh}",
            "Levers and uncertainties apart, the largest first. Filled: total effect, the share of variance with all "
            "interactions; hollow: what the factor does alone; lines: 95 % intervals. Where the two lie apart, the "
            f"factor acts mostly together with others. Factors whose intervals overlap are not ranked. {INERT.en}",
        ),
    ),
    Entry(
        "interactions",
        "sensitivity",
        Text("因素之间的共同作用", "What factors do only together"),
        Text("哪两项因素要配合起来才起作用？", "Which two factors work only in combination?"),
        Text(
            "每行两项因素，点是两者只在共同变动时带来的方差占比（S2），横线是95%区间，由大到小。实心点的区间高于零和灰色"
            "区域（惰性对照因子的各对），可以解读，两项应一并考虑；空心点与零分不开，不要解读。区间重叠的各对不分先后。",
            "A row per pair of factors: the dot is the share of variance they add only together (S2), the line its "
            "95 % interval, the largest first. Filled dots lie above zero and above the shaded part (pairs with the "
            "inert factor): the two belong together and cannot be judged one by one. Hollow ones are not told from "
            "zero. Pairs whose intervals overlap are not ranked.",
        ),
    ),
    Entry(
        "convergence",
        "sensitivity",
        Text("指数算得够不够准", "Whether the indices can be relied on"),
        Text("推演次数够不够？排序还会不会变？", "Are there enough runs, or might the ranking still change?"),
        Text(
            "左图是最大的几个因素的指数和95%区间随样本点增加的变化，右图是最宽的区间。右图降到虚线以下、左图排序不再交"
            "错（实心），才算收敛；未收敛的，只说最突出的因素，不排名次。",
            "Left the largest indices with their 95 % intervals as points are added, right the widest interval. They "
            "have converged when the right line is below the dashed one and the ranking on the left stands (filled). "
            "Until then name the leading factors and do not rank the others.",
        ),
    ),
    Entry(
        "response",
        "sensitivity",
        Text("结果随各因素的变化", "An outcome by the value of each factor"),
        Text(
            "某项因素取值高一些，结果是升是降、升降多少？",
            "Does more of a factor raise or lower the outcome, and by how much?",
        ),
        Text(
            "每幅小图一项因素：横轴是取值，圆点是其余因素取遍各自范围时的结果均值，色带是均值的95%区间。指数只说重要不"
            "重要，这张图说方向。各小图纵轴相同；有些因素的作用要看与谁搭配，均值曲线可能是平的。",
            "One panel per factor: its value across, dots are means over the ranges of all others, bands the 95 % "
            "intervals of the means. Indices tell how much a factor matters, this chart tells which way. All panels "
            "share one scale. A factor whose effect depends on another may look flat here.",
        ),
    ),
    Entry(
        "indices",
        SCREENING,
        Text("筛选：先找出要紧的因素", "Screening: what matters at all"),
        Text("几十上百项因素里，哪些值得细算？", "Out of hundreds of factors, which deserve a closer look?"),
        Text(
            "左侧由大到小列出各因素变动时结果的平均变化（μ*）及95%区间，右侧是它与作用起伏（σ）的关系：越靠右越重要，"
            f"越靠上越取决于其他因素。筛选只用少量推演，用来舍去不要紧的，不用来排名次。{INERT.zh}",
            "Left the mean change of the outcome over a factor's range (μ*) with its 95 % interval, the largest "
            "first; right the same against its spread (σ): the further right the more it matters, the higher the "
            "more it depends on others. A screening takes few runs: it drops what does not matter and ranks nothing. "
            f"{INERT.en}",
        ),
    ),
)
