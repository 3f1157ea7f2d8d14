package io.sparkapp.crds;

/**
 * How {@code spec.schedule} is written: the five fields of UNIX cron and the macros that a CronJob
 * knows. Rules are CEL, for the API server; what they let pass can be parsed.
 */
final class CronSyntax {

  private static final String FIVE = "self.matches(r'^\\s*[^@\\s]\\S*(\\s+\\S+){4}\\s*$')";

  // A schedule that has no five fields breaks one rule and not six.
  private static final String FIELD = "!" + FIVE + " || self.matches(r'(?i)^\\s*";
  private static final String SKIP = "\\S+\\s+";
  private static final String MORE_4 = "(\\s+\\S+){4}\\s*$')";
  private static final String MORE_3 = "(\\s+\\S+){3}\\s*$')";
  private static final String MORE_2 = "(\\s+\\S+){2}\\s*$')";
  private static final String MORE_1 = "\\s+\\S+\\s*$')";

  static final String FIELDS =
      FIVE + " || self.matches('^@(hourly|daily|midnight|weekly|monthly|yearly|annually)$')";

  static final String FIELDS_MESSAGE =
      "spec.schedule has five fields, minute hour day-of-month month day-of-week, such as 30 2 * *"
          + " 1-5, or is one of @hourly, @daily, @midnight, @weekly, @monthly, @yearly and"
          + " @annually; the time zone goes into spec.timeZone";

  private static final String MINUTE_NUMBER = "[0-5]?[0-9]";
  private static final String MINUTES =
      "(\\*|" + MINUTE_NUMBER + "(-" + MINUTE_NUMBER + ")?)(/([1-9]|[1-5][0-9]))?";

  static final String MINUTE = FIELD + MINUTES + "(," + MINUTES + ")*" + MORE_4;

  static final String MINUTE_MESSAGE =
      "the minute, field 1 of spec.schedule, is 0 to 59, a range as 0-30, a step as */15, a list of"
          + " these as 0,30, or *";

  private static final String HOUR_NUMBER = "([01]?[0-9]|2[0-3])";
  private static final String HOURS =
      "(\\*|" + HOUR_NUMBER + "(-" + HOUR_NUMBER + ")?)(/([1-9]|1[0-9]|2[0-3]))?";

  static final String HOUR = FIELD + SKIP + HOURS + "(," + HOURS + ")*" + MORE_3;

  static final String HOUR_MESSAGE =
      "the hour, field 2 of spec.schedule, is 0 to 23, a range as 9-17, a step as */6, a list of"
          + " these as 6,18, or *";

  private static final String DAY_NUMBER = "(0?[1-9]|[12][0-9]|3[01])";
  private static final String DAYS =
      "(\\*|" + DAY_NUMBER + "(-" + DAY_NUMBER + ")?)(/([1-9]|[12][0-9]|3[01]))?";

  static final String DAY_OF_MONTH =
      FIELD + SKIP + SKIP + "([?]|" + DAYS + "(," + DAYS + ")*)" + MORE_2;

  static final String DAY_OF_MONTH_MESSAGE =
      "the day of the month, field 3 of spec.schedule, is 1 to 31, a range as 1-7, a step as */10,"
          + " a list of these as 1,15, or *";

  // A range of names goes from an earlier to a later one.
  private static final String FROM_DEC = "DEC";
  private static final String FROM_NOV = "NOV" + "|" + FROM_DEC;
  private static final String FROM_OCT = "OCT" + "|" + FROM_NOV;
  private static final String FROM_SEP = "SEP" + "|" + FROM_OCT;
  private static final String FROM_AUG = "AUG" + "|" + FROM_SEP;
  private static final String FROM_JUL = "JUL" + "|" + FROM_AUG;
  private static final String FROM_JUN = "JUN" + "|" + FROM_JUL;
  private static final String FROM_MAY = "MAY" + "|" + FROM_JUN;
  private static final String FROM_APR = "APR" + "|" + FROM_MAY;
  private static final String FROM_MAR = "MAR" + "|" + FROM_APR;
  private static final String FROM_FEB = "FEB" + "|" + FROM_MAR;
  private static final String FROM_JAN = "JAN" + "|" + FROM_FEB;
  private static final String MONTH_NAMES =
      "JAN(-(" + FROM_JAN + "))?" + "|FEB(-(" + FROM_FEB + "))?" + "|MAR(-(" + FROM_MAR + "))?"
          + "|APR(-(" + FROM_APR + "))?" + "|MAY(-(" + FROM_MAY + "))?" + "|JUN(-(" + FROM_JUN
          + "))?" + "|JUL(-(" + FROM_JUL + "))?" + "|AUG(-(" + FROM_AUG + "))?" + "|SEP(-("
          + FROM_SEP + "))?" + "|OCT(-(" + FROM_OCT + "))?" + "|NOV(-(" + FROM_NOV + "))?"
          + "|DEC(-(" + FROM_DEC + "))?";
  private static final String MONTH_NUMBER = "(0?[1-9]|1[0-2])";
  private static final String MONTHS =
      "(\\*|" + MONTH_NUMBER + "(-" + MONTH_NUMBER + ")?|" + MONTH_NAMES + ")(/([1-9]|1[0-2]))?";

  static final String MONTH = FIELD + SKIP + SKIP + SKIP + MONTHS + "(," + MONTHS + ")*" + MORE_1;

  static final String MONTH_MESSAGE =
      "the month, field 4 of spec.schedule, is 1 to 12 or JAN to DEC, a range as 1-6 or JAN-JUN, a"
          + " step as */3, a list of these as 3,9, or *";

  // Sunday ends a week as well as it begins one.
  private static final String FROM_SUN = "SUN";
  private static final String FROM_SAT = "SAT" + "|" + FROM_SUN;
  private static final String FROM_FRI = "FRI" + "|" + FROM_SAT;
  private static final String FROM_THU = "THU" + "|" + FROM_FRI;
  private static final String FROM_WED = "WED" + "|" + FROM_THU;
  private static final String FROM_TUE = "TUE" + "|" + FROM_WED;
  private static final String FROM_MON = "MON" + "|" + FROM_TUE;
  private static final String WEEKDAY_NAMES =
      "MON(-("
          + FROM_MON
          + "))?"
          + "|TUE(-("
          + FROM_TUE
          + "))?"
          + "|WED(-("
          + FROM_WED
          + "))?"
          + "|THU(-("
          + FROM_THU
          + "))?"
          + "|FRI(-("
          + FROM_FRI
          + "))?"
          + "|SAT(-("
          + FROM_SAT
          + "))?"
          + "|SUN(-(SUN|MON|TUE|WED|THU|FRI|SAT))?";
  private static final String WEEKDAYS =
      "(7|[0-6]-7|(\\*|[0-6](-[0-6])?|" + WEEKDAY_NAMES + ")(/[1-6])?)";

  static final String DAY_OF_WEEK =
      FIELD + SKIP + SKIP + SKIP + SKIP + "([?]|" + WEEKDAYS + "(," + WEEKDAYS + ")*)\\s*$')";

  static final String DAY_OF_WEEK_MESSAGE =
      "the day of the week, field 5 of spec.schedule, is 0 to 7 or SUN to SAT (0 and 7 are Sunday),"
          + " a range as 1-5 or MON-FRI, a list of these as MON,THU, or *";

  /** Numbers; names are in their order by the rules of their fields. */
  static final String RANGES =
      "self.findAll('[0-9]{1,9}-[0-9]{1,9}').all(range, int(range.split('-')[0]) <="
          + " int(range.split('-')[1]))";

  static final String RANGES_MESSAGE =
      "a range in spec.schedule goes from the lower to the higher, as 1-5; write two with a comma"
          + " between them to go beyond the end";

  private static final String DAY_30_OR_31 = "3[01](-3[01])?(/[0-9]+)?";
  private static final String FEBRUARY = "(0?2|FEB)(-(0?2|FEB))?";
  private static final String DAY_31 = "31(-31)?(/[0-9]+)?";
  private static final String SHORT_MONTH = "(0?[2469]|11|FEB|APR|JUN|SEP|NOV)";
  private static final String ANY_WEEKDAY = "\\s+[*?]\\s*$')";

  /** A day of the week beside the day of the month would do: either is enough. */
  static final String FIRES =
      "!self.matches(r'(?i)^\\s*"
          + SKIP
          + SKIP
          + DAY_30_OR_31
          + "(,"
          + DAY_30_OR_31
          + ")*\\s+"
          + FEBRUARY
          + "(,"
          + FEBRUARY
          + ")*"
          + ANY_WEEKDAY
          + " && !self.matches(r'(?i)^\\s*"
          + SKIP
          + SKIP
          + DAY_31
          + "(,"
          + DAY_31
          + ")*\\s+"
          + SHORT_MONTH
          + "(,"
          + SHORT_MONTH
          + ")*"
          + ANY_WEEKDAY;

  static final String FIRES_MESSAGE =
      "spec.schedule never fires: none of its months has such a day";

  /** The API server asks its own time zone database, as it does for a CronJob. */
  static final String KNOWN_ZONE = "timestamp('2000-01-01T00:00:00Z').getHours(self) >= 0";

  static final String ZONE =
      "self != 'Local' && self.matches('^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$')";

  static final String ZONE_MESSAGE =
      "spec.timeZone is a name of the IANA time zone database, such as Europe/Berlin or Etc/UTC";

  private CronSyntax() {}
}
