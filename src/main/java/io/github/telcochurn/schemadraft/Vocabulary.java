package io.github.telcochurn.schemadraft;

import java.util.List;
import java.util.Map;

/** Words of the trade, in lower case, that show the meaning of columns and values. */
final class Vocabulary {
    static final List<String> ID = List.of("id", "uuid", "guid", "key", "identifier");
    static final List<String> PERSON = List.of(
            "customer", "client", "subscriber", "account", "user", "member", "cust", "kunde", "kunden", "msisdn");
    static final List<String> NUMBER =
            List.of("number", "no", "nr", "num", "phone", "mobile", "imsi", "iccid", "nummer");
    static final List<String> ROW_NUMBER = List.of("index", "row", "rownum", "rownumber", "unnamed");
    static final List<String> CODE = List.of("code", "zip", "zipcode", "postal", "postcode", "plz", "pin");

    /** The names of labels, the most likely first, in plain form. */
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

    /** The values of a label for those who left, in plain form. */
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

    /** The values of a label for those who stayed, in plain form. */
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

    /** The beginnings of words that mean money. */
    static final List<String> MONEY =
            List.of("charge", "fee", "revenue", "arpu", "bill", "price", "rental", "spend", "mrr", "mrc", "amount");

    static final List<String> MONTHLY = List.of("month", "monthly", "arpu", "mrr", "mrc", "monat");
    /** Parts of the names of monthly bills, for names that do not show where words begin. */
    static final List<String> MONTHLY_BILL =
            List.of("monthlycharge", "monthlyfee", "monthlyrevenue", "monthlybill", "monthlyamount", "revenuepermonth");
    /** Words for more than a month, for less than the whole bill, or for no money at all. */
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

    /** The units of numbers, by the last word of a column's name. */
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
