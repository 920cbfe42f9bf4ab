package io.github.telcochurn.schemadraft;

import java.util.List;
import java.util.Map;

/** Words of the trade, in lower case, by which columns and values tell what they are. */
final class Vocabulary {
    static final List<String> ID = List.of("id", "uuid", "guid", "key", "identifier");
    static final List<String> PERSON = List.of(
            "customer", "client", "subscriber", "account", "user", "member", "cust", "kunde", "kunden", "msisdn");
    static final List<String> NUMBER =
            List.of("number", "no", "nr", "num", "phone", "mobile", "imsi", "iccid", "nummer");
    static final List<String> ROW_NUMBER = List.of("index", "row", "rownum", "rownumber", "unnamed");
    static final List<String> CODE = List.of("code", "zip", "zipcode", "postal", "postcode", "plz", "pin");

    /** What a label is called, the likeliest first, in plain form. */
    static final List<String> LABEL = List.of(
            "churn",
            "churned",
            "churnlabel",
            "churnflag",
            "ischurn",
            "ischurned",
            "haschurned",
            "churnyn",
            "customerchurn",
            "churnvalue",
            "churnstatus",
            "churnindicator",
            "attrition",
            "attritionflag",
            "attrited",
            "exited",
            "hasleft",
            "left",
            "cancelled",
            "canceled",
            "iscancelled",
            "iscanceled",
            "cancellation",
            "terminated",
            "leaver",
            "defected");

    /** What a label says of those who left, in plain form. */
    static final List<String> CHURNED = List.of(
            "yes",
            "true",
            "1",
            "1.0",
            "y",
            "t",
            "j",
            "ja",
            "oui",
            "si",
            "s\u00ed",
            "churn",
            "churned",
            "churner",
            "left",
            "leaver",
            "exited",
            "cancelled",
            "canceled",
            "terminated",
            "attrited",
            "attritedcustomer",
            "lost",
            "gone",
            "inactive",
            "closed",
            "former");

    /** What a label says of those who stayed, in plain form. */
    static final List<String> STAYED = List.of(
            "no",
            "false",
            "0",
            "0.0",
            "n",
            "f",
            "nein",
            "non",
            "stayed",
            "stay",
            "active",
            "retained",
            "existing",
            "existingcustomer",
            "current",
            "loyal",
            "kept",
            "open",
            "notchurned",
            "nochurn",
            "nonchurner",
            "remained");

    /** What the name of a column has in it that was made from the label, or made to predict it. */
    static final List<String> OF_THE_LABEL = List.of("churn", "attrition", "leave", "leaving", "cancel");

    /** What the name of a score has in it. */
    static final List<String> SCORE = List.of("score", "probab", "predict", "propens", "likelihood");

    /** What stands in a cell to say that there is nothing, in plain form. */
    static final List<String> NOTHING =
            List.of("none", "n/a", "na", "null", "-", "--", "notapplicable", "noreason", "?");

    /** How a word begins that speaks of money. */
    static final List<String> MONEY =
            List.of("charge", "fee", "revenue", "arpu", "bill", "price", "rental", "spend", "mrr", "mrc", "amount");

    static final List<String> MONTHLY = List.of("month", "monthly", "arpu", "mrr", "mrc", "monat");
    /** The bill of a month in names that do not show where their words begin. */
    static final List<String> MONTHLY_BILL =
            List.of("monthlycharge", "monthlyfee", "monthlyrevenue", "monthlybill", "monthlyamount", "revenuepermonth");
    /** Of more than a month, of less than the whole bill, or no money at all. */
    static final List<String> NOT_THE_BILL = List.of(
            "total",
            "sum",
            "year",
            "annual",
            "yearly",
            "extra",
            "refund",
            "refunds",
            "tax",
            "method",
            "overage",
            "change",
            "number",
            "count",
            "days",
            "feedback",
            "cycle");

    /** By what a name ends with, what its numbers are counted in. */
    static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("months", "months"),
            Map.entry("minutes", "minutes"),
            Map.entry("mins", "minutes"),
            Map.entry("days", "days"),
            Map.entry("hours", "hours"),
            Map.entry("weeks", "weeks"),
            Map.entry("years", "years"),
            Map.entry("seconds", "seconds"),
            Map.entry("gb", "GB"),
            Map.entry("mb", "MB"),
            Map.entry("kb", "KB"),
            Map.entry("usd", "$"),
            Map.entry("eur", "\u20ac"),
            Map.entry("gbp", "\u00a3"));

    private Vocabulary() {}
}
