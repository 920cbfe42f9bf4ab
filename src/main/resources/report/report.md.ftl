<#ftl output_format="Markdown">
<#function count number><#return number?string(",##0")></#function>
<#function percent share><#return (100 * share)?string("0.0") + "%"></#function>
# Batch run ${report.run_id}

<#if report.books??>
**${status_label?cap_first}**: ${count(report.books.rows_read)} rows read = ${count(report.books.predictions)} predictions + ${count(report.books.dead_letters)} dead letters (${report.books.success_rate?string("0.00")}%; the threshold is ${report.success_threshold?string("0.00")}%).
<#else>
**${status_label?cap_first}**: the run ended before it had any figures.
</#if>
<#if report.failure??>

${report.failure}
</#if>

| | |
| --- | --- |
| started | ${report.started_at} |
| input | ${input_name} |
<#if report.model_version??>
| model | ${report.model_version} |
</#if>
<#if took??>
| took | ${took} |
</#if>
<#if report.warnings?has_content>

## Worth a look before acting

| |
| --- |
<#list report.warnings as warning>
| ${warning} |
</#list>
</#if>
<#if has_figures>

| customers scored | at high risk | <#if exact_revenue??>revenue at risk | </#if><#if report.quality?? && report.quality.auc??>AUC<#else>dead letters</#if> |
| ---: | ---: | <#if exact_revenue??>---: | </#if>---: |
| ${count(report.distinct_customers)} | ${count(report.high_risk)} | <#if exact_revenue??>${exact_revenue} | </#if><#if report.quality?? && report.quality.auc??><@auc report.quality/><#else>${count(report.books.dead_letters)}</#if> |
<#if report.already_left gt 0>

${count(report.already_left)} of the customers scored have left already, as their label says. They are neither counted as high risk nor listed below.
</#if>
<#if report.top_customers?has_content>

## Who to call first

<#if value??>Highest expected value first: what a call is expected to bring after its cost.<#else>Highest risk first.</#if> All calls stand in `${name}_calls.csv`, without the control group (${count(report.calls.control)} customers in `${name}_control.csv`), which nobody must call; every prediction stands in `${name}_predictions.csv`.
<#if report.common_reasons?has_content>

What nearly all of these have in common:

| reason | customers |
| --- | ---: |
<#list report.common_reasons as common>
| ${common.reason} | ${common.customers} |
</#list>
</#if>

| customer | <#if value??>worth | </#if>probability | risk | <#list report.shown_columns as column>${column.title} | </#list>why |
| --- | <#if value??>---: | </#if>---: | --- | <#list report.shown_columns as column><#if column.is_number>---:<#else>---</#if> | </#list>--- |
<#list report.top_customers as customer>
| ${customer.id} | <#if value??>${value.worth[customer?index]} | </#if>${percent(customer.churn_probability)} | ${customer.risk_tier} | <#list customer.shown as shown>${shown} | </#list><#if customer.control>do not call: control group<#else><#list customer.reasons as reason>${reason}<#sep>; </#sep><#else>–</#list></#if> |
</#list>
</#if>
<#if value?? && value.best?has_content>

## What the calls are worth

A call costs ${value.offer_cost}, keeps ${value.success_rate} of those who are about to leave, and who is kept pays for ${value.months_kept} months more (`churn.value.*`).

| calls | expected net benefit | from | to |
| ---: | ---: | ---: | ---: |
<#list value.best as calls>
| ${count(calls.calls)} | ${calls.expected} | ${calls.from} | ${calls.to} |
</#list>

From and to hold in 95 of 100 cases.<#if report.calls.value.threshold??> By the probability alone, the best rule is to call from ${percent(report.calls.value.threshold.probability)} on: ${count(report.calls.value.threshold.calls)} calls, ${value.threshold_benefit}.</#if>
<@figures "calls"/>
</#if>
<#if report.change?? || report.trend?size gt 1>

## What has changed
<#if report.change??>

| since run ${report.change.since} | customers |
| --- | ---: |
| new at high risk | ${count(report.change.new_at_high_risk)} |
| no longer: at a lower risk | ${count(report.change.lower_risk)} |
| no longer: have left | ${count(report.change.left)} |
| no longer: not in this run | ${count(report.change.not_scored)} |
<#if change.revenue_before??>

Revenue at risk <#if change.revenue_moved??>${change.revenue_moved} by ${change.revenue_by}, from ${change.revenue_before} to ${change.revenue_now}<#else>is unchanged at ${change.revenue_now}</#if>.revenue_now}.
</#if>
<#if report.change.new_customers?has_content>

| new at high risk | probability |
| --- | ---: |
<#list report.change.new_customers as customer>
| ${customer.id} | ${percent(customer.churn_probability)} |
</#list>
</#if>
</#if>
<@figures "change"/>
</#if>

## Where the risk is
<@figures "risk"/>

All customers scored<#if report.already_left gt 0>, including those who have left already</#if>:

| tier | customers |
| --- | ---: |
<#list report.tiers as tier, customers>
| ${tier} | ${count(customers)} |
</#list>
<#list report.breakdowns as breakdown>
<@segments name=breakdown.title + (breakdown.unit?has_content)?then(" (" + breakdown.unit + ")", "") rows=breakdown.segments/>
</#list>

## The books

Counted on the topics, for the messages that carry this run's id.

| | count |
| --- | ---: |
| rows read | ${count(report.books.rows_read)} |
| rows rejected (dead letters) | ${count(report.books.rows_rejected)} |
| raw messages | ${count(report.books.raw_messages)} |
| predictions | ${count(report.books.predictions)} |
| raw messages rejected (dead letters) | ${count(report.books.dead_messages)} |

rows read = rows rejected + raw messages, and raw messages = predictions + dead letters: <#if report.books.balanced>they balance<#else>**they do not balance**</#if>.
<#if report.dead_letters_by_reason?has_content>

## Dead letters

| reason | count |
| --- | ---: |
<#list report.dead_letters_by_reason as reason, count_>
| ${reason} | ${count(count_)} |
</#list>

The first dead letters:

| stage | reason | message |
| --- | --- | --- |
<#list report.first_dead_letters as letter>
| ${letter.stage} | ${letter.reason} | ${letter.message} |
</#list>
</#if>
</#if>

## Steps

| step | started | took | attempts | outcome | detail |
| --- | --- | ---: | ---: | --- | --- |
<#list steps as step>
| ${step.name} | ${step.started_at} | ${step.took} | ${step.attempts} | ${step.outcome_label} | ${step.detail!"–"} |
</#list>
<#if has_figures && charts?filter(chart -> chart.group == "operation")?has_content>

## Speed and calibration
<@figures "operation"/>
</#if>
<#if has_figures && report.drift??>

## Drift

The customers of ${count(report.drift.customers)} raw messages, compared with those that the model was trained on.

| column | PSI | verdict | change |
| --- | ---: | --- | --- |
| score | ${report.drift.score.psi?string("0.000")} | ${report.drift.score.verdict} | ${report.drift.score.change!"–"} |
<#list report.drift.columns as column>
| ${column.name} | ${column.psi?string("0.000")} | ${column.verdict} | ${column.change!"–"} |
</#list>
</#if>
<#if has_figures && report.expected_quality??>

## Expected quality, without labels

What the probabilities of ${count(report.expected_quality.customers)} customers let one expect: each counts as one who leaves with the weight of its probability. This sees that other customers came, but not that the same kind of customers began to behave differently; only labels show that.

| | AUC | accuracy |
| --- | ---: | ---: |
| expected | <@measure report.expected_quality.auc!/> | <@measure report.expected_quality.accuracy/> |
<#if report.expected_quality.cross_validated_auc??>
| cross-validated, threshold 0.5 | <@measure report.expected_quality.cross_validated_auc/> | <@measure report.expected_quality.cross_validated_accuracy/> |
</#if>
</#if>
<#if has_figures && report.quality??>

## Model quality

Compared with the labels of ${count(report.quality.customers)} customers in the data.<#if report.quality.training_data!false> **The model was trained on this very file, so these figures flatter it;** the cross-validated ones show what to expect for customers it has not seen.</#if>

| | left | stayed |
| --- | ---: | ---: |
| predicted to leave | ${count(report.quality.confusion.true_positives)} | ${count(report.quality.confusion.false_positives)} |
| predicted to stay | ${count(report.quality.confusion.false_negatives)} | ${count(report.quality.confusion.true_negatives)} |

| | AUC | Brier score | accuracy | precision | recall |
| --- | ---: | ---: | ---: | ---: | ---: |
| this file | <@measure report.quality.auc!/> | <@measure report.quality.brier/> | <@measure report.quality.accuracy/> | <@measure report.quality.precision!/> | <@measure report.quality.recall!/> |
<#if report.quality.cross_validation??>
<#assign cv = report.quality.cross_validation>
| cross-validated, threshold 0.5 | <@measure cv.auc/> | <@measure cv.brier/> | <@measure cv.accuracy/> | <@measure cv.precision/> | <@measure cv.recall/> |
</#if>

| probability | customers | mean predicted | left |
| --- | ---: | ---: | ---: |
<#list report.quality.calibration as bin>
| ${bin.from?string("0.0")} to ${bin.to?string("0.0")} | ${count(bin.customers)} | <@measure bin.mean_predicted!/> | <@measure bin.observed_share!/> |
</#list>
</#if>
<#if has_figures && report.shadow??>
<#assign shadow = report.shadow>

## Shadow

What ${shadow.version} (`churn.model.shadow`) says of the same ${count(shadow.customers)} customers. It has no part in the predictions.

| | |
| --- | ---: |
| same risk tier | ${percent(shadow.tier_agreement)} |
| same prediction | ${percent(shadow.prediction_agreement)} |
| probabilities on average | ${shadow.mean_shift?abs?string("0.0000")} <#if shadow.mean_shift lt 0>lower<#else>higher</#if> |
| mean difference either way | ${shadow.mean_absolute_difference?string("0.0000")} |
| PSI of the probabilities | ${shadow.psi?string("0.000")} |
<#if shadow.shadow??>

On the ${count(shadow.labelled)} customers with a label:

| | AUC | log loss | Brier score |
| --- | ---: | ---: | ---: |
| the model that scored | <@measure shadow.champion.auc/> | <@measure shadow.champion.log_loss/> | <@measure shadow.champion.brier/> |
| ${shadow.version} | <@measure shadow.shadow.auc/> | <@measure shadow.shadow.log_loss/> | <@measure shadow.shadow.brier/> |
</#if>
</#if>
<#macro auc quality><#if quality.training_data!false>${quality.cross_validation.auc?string("0.000")} cross-validated (${quality.auc?string("0.000")} on this file, which the model was trained on)<#else>${quality.auc?string("0.000")}<#if quality.cross_validation??> on this file (${quality.cross_validation.auc?string("0.000")} cross-validated)</#if></#if></#macro>
<#macro measure value=""><#if value?is_number>${value?string("0.000")}<#else>–</#if></#macro>
<#macro segments name rows>

| ${name} | customers | mean probability | predicted Yes | left |
| --- | ---: | ---: | ---: | ---: |
<#list rows as row>
| ${row.name} | ${count(row.customers)} | ${percent(row.mean_probability)} | ${percent(row.predicted_share)} | <#if row.observed_share??>${percent(row.observed_share)}<#else>–</#if> |
</#list>
</#macro>
<#macro figures group>
<#list charts?filter(chart -> chart.group == group) as chart>

### ${chart.title}

${chart.note}

![${chart.title}](${chart.file?url?no_esc})
</#list>
</#macro>
