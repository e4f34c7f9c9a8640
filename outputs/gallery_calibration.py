"""What the charts of the calibration and of the assumptions log ask and how they are read."""

from __future__ import annotations

from ..model.text import Text
from .gallery_entry import ASSUMPTIONS, Entry

ENTRIES = (
    Entry(
        "marginals",
        "calibration",
        Text("各参数的先验与后验", "Priors and posteriors"),
        Text("观测数据把各参数收窄了多少？", "How far do the data narrow each parameter?"),
        Text(
            "灰线是拟合前的判断（先验），蓝柱是拟合后的（后验），下方两条横线是各自的90%范围。“收缩”接近0，说明数据对"
            "这个参数几乎没有说什么，仍靠判断。",
            "Grey is what was believed before (prior), blue what the data leave (posterior), the two lines below "
            "their 90 % ranges. A contraction near 0 means that the data say next to nothing: the figure is still a "
            "judgement.",
        ),
    ),
    Entry(
        "pairs",
        "calibration",
        Text("参数两两相对", "Pairs of parameters"),
        Text("有没有几个参数是绑在一起、数据分不开的？", "Are there parameters that the data cannot tell apart?"),
        Text(
            "左下每个点是一组参数，点的大小是权重；右上是两者的相关系数。点呈斜线，说明数据只定得住两者的某种组合，不"
            "能只取其中一个来解读。",
            "Below the diagonal each dot is a set of parameters, sized by weight; above are correlations. Dots along a "
            "slant mean that the data fix a combination of the two, and neither should be read alone.",
        ),
    ),
    Entry(
        "predictive",
        "calibration",
        Text("观测值与推演值", "Observed and simulated figures"),
        Text(
            "用校准后的参数，模型能重现已知的数吗？",
            "With the calibrated parameters, does the model give the figures that are known?",
        ),
        Text(
            "橙点是观测值及容差，灰带、蓝带是拟合前后推演的90%范围。上半部分参与了拟合，落在带内理所应当；下半部分没有"
            "参与拟合，才是检验。",
            "The orange mark is what was observed with its tolerance, grey and blue bands hold 90 % of the "
            "simulations before and after fitting. The upper part was fitted and should agree; the lower part was "
            "held out and is the test.",
        ),
    ),
    Entry(
        "ranks",
        "calibration",
        Text("校准检验的秩", "Ranks of simulation-based calibration"),
        Text("拟合方法本身可靠吗？", "Can the method of fitting be trusted?"),
        Text(
            "用已知真值的人造数据反复拟合，看真值在后验中排第几。各柱大致一样高、落在灰带内为好；中间凹说明区间偏窄，"
            "中间凸说明偏宽，倾斜说明偏高或偏低。",
            "Made-up data with known truth are fitted many times; bars count where the truth ranks in the posterior. "
            "Even bars within the grey band are good; a valley means ranges that are too narrow, a hill too wide, a "
            "slope a bias.",
        ),
    ),
    Entry(
        "hindcast",
        "calibration",
        Text("回测", "Hindcasts"),
        Text(
            "只用早先的数据，能推出后来的数吗？",
            "From earlier data alone, does the model come near what was observed later?",
        ),
        Text(
            "竖线是后来的观测值，点和横带是各种预测；“模型”之外是照搬上期、顺推趋势等简单预测。右侧CRPS越小越好。序列"
            "只有几条，说明的是模型不比简单办法差，不能证明它准。",
            "The upright line is what came, dots and bands are forecasts, the model's beside naive ones such as the "
            "last value or the trend. CRPS on the right: smaller is better. There are few series: they show that the "
            "model is no worse than simple rules, not that it is right.",
        ),
    ),
    Entry(
        "ranking",
        "calibration",
        Text("不同规则下的政策名次", "Ranks of policies by rule"),
        Text(
            "换一种社会机制的假设，政策的优劣次序会不会变？",
            "Would another theory of how things work change the order of policies?",
        ),
        Text(
            "一列一种说得通的机制，一行一项政策，格内是名次和结果值。各列名次一致的，结论不依赖机制；名次随列变化的，"
            "要先弄清机制再作取舍。",
            "A column per plausible rule, a row per policy; in the cells rank and value. Where all columns agree, the "
            "conclusion does not hang on the rule; where they do not, find out how things work before choosing.",
        ),
    ),
    Entry(
        "forecasts",
        "calibration",
        Text("校准前后的达标概率", "Targets with priors and with the posterior"),
        Text("校准让结论变了多少？", "How far does calibration move the answer?"),
        Text(
            "空心点是校准前、实心点是校准后的达标概率，横线是95%区间。两点重合，说明结论不是由这次校准决定的。",
            "Hollow: the probability before calibration, filled: after it, lines: 95 % intervals. Where the two "
            "coincide, the answer does not rest on the calibration.",
        ),
    ),
    Entry(
        "assumptions",
        ASSUMPTIONS,
        Text("先查实哪个数", "Which figure to find out first"),
        Text("凭判断定的数里，哪个取值最左右结论？", "Of all judged figures, which moves the answer most?"),
        Text(
            "每行一个靠判断定的数：空心点是它取低值时的达标概率，实心点是取高值时的，竖线是总的概率。横线越长，越值得"
            "先去查实；没有列出的，看不出对结论有影响。",
            "One row per judged figure: hollow is the probability where it is low, filled where it is high, the "
            "upright line the probability over all. The longer the bar, the sooner it should be found out; figures "
            "that are not shown have no effect that can be seen.",
        ),
    ),
)
