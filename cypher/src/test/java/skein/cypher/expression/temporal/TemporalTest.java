package skein.cypher.expression.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skein.cypher.expression.Evaluate;
import skein.cypher.expression.FakeRun;

final class TemporalTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    date('2020-02-29')          | 2020-02-29
                    date('20200229')            | 2020-02-29
                    date('2020-02')             | 2020-02-01
                    date('202002')              | 2020-02-01
                    date('2020-060')            | 2020-02-29
                    date('2020060')             | 2020-02-29
                    date('2020-W09-6')          | 2020-02-29
                    date('2020W096')            | 2020-02-29
                    date('2020-W09')            | 2020-02-24
                    date('2020-Q1-60')          | 2020-02-29
                    date('2020')                | 2020-01-01
                    date('-999999999-01-01')    | -999999999-01-01
                    date('+999999999-12-31')    | +999999999-12-31
                    date(' 2020-02-29 ')        | 2020-02-29
                    localtime('21:40:32,142')   | 21:40:32.142
                    localtime('214032.000000001') | 21:40:32.000000001
                    localtime('2140')           | 21:40
                    localtime('21')             | 21:00
                    time('21:40')               | 21:40Z
                    time('2140-02')             | 21:40-02:00
                    time('21:40:32+02:05:59')   | 21:40:32+02:05:59
                    localdatetime('2020-W09-6T2140') | 2020-02-29T21:40
                    localdatetime('2020')       | 2020-01-01T00:00
                    datetime('2020-02-29T21:40+0100') | 2020-02-29T21:40+01:00
                    datetime('2020-07-29T21:40[Europe/Stockholm]') | 2020-07-29T21:40+02:00[Europe/Stockholm]
                    datetime('2017-10-29T02:30+01:00[Europe/Stockholm]') | 2017-10-29T02:30+01:00[Europe/Stockholm]
                    datetime('2020-02-29')      | 2020-02-29T00:00Z
                    duration('P1Y2M3W4DT5H6M7.8S') | P1Y2M25DT5H6M7.8S
                    duration('-P1DT1S')         | P-1DT-1S
                    duration('P2.5W')           | P17DT12H
                    duration('P0.75M')          | P22DT19H51M49.5S
                    duration('PT-1M-0.001S')    | PT-1M-0.001S
                    duration('P2012-02-02T14:37:21.545') | P2012Y2M2DT14H37M21.545S
                    """)
    void readsText(String expression, String expected) {
        assertThat(Evaluate.shown(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    date({year: 2020})                               | 2020-01-01
                    date({year: 2020, month: 2, day: 29})            | 2020-02-29
                    date({year: 2020, week: 53, dayOfWeek: 7})       | 2021-01-03
                    date({year: 2020, quarter: 1, dayOfQuarter: 60}) | 2020-02-29
                    date({year: 2020, ordinalDay: 60})               | 2020-02-29
                    date({YEAR: 2020, Month: 2})                     | 2020-02-01
                    date({date: date('2020-02-29'), year: 2021})     | 2021-02-28
                    date({date: date('2020-02-29'), day: 1})         | 2020-02-01
                    date({date: date('2020-02-29'), week: 1})        | 2020-01-04
                    date({date: date('2020-05-31'), quarter: 1})     | 2020-03-01
                    date({date: date('2020-02-29'), ordinalDay: 1})  | 2020-01-01
                    date({date: datetime('2020-02-29T23:00-05:00')}) | 2020-02-29
                    localtime({hour: 1, minute: 2, second: 3, millisecond: 4, microsecond: 5, nanosecond: 6}) | 01:02:03.004005006
                    localtime({time: localtime('10:20:30.123456789'), second: 1}) | 10:20:01.123456789
                    localtime({time: localtime('10:20:30.123456789'), millisecond: 5}) | 10:20:30.005
                    time({hour: 10, timezone: '+01:00'})             | 10:00+01:00
                    time({time: time('10:00+01:00'), timezone: '+05:00'}) | 14:00+05:00
                    time({time: localtime('10:00'), timezone: '+05:00'})  | 10:00+05:00
                    time({hour: 10, timezone: 'Europe/Stockholm'})   | 10:00+01:00
                    localdatetime({date: date('2020-02-29'), time: localtime('10:00'), minute: 5}) | 2020-02-29T10:05
                    datetime({year: 2020, timezone: 'Europe/Stockholm'}) | 2020-01-01T00:00+01:00[Europe/Stockholm]
                    datetime({datetime: datetime('2020-01-01T10:00+01:00'), timezone: 'UTC'}) | 2020-01-01T09:00Z[UTC]
                    datetime({datetime: localdatetime('2020-01-01T10:00'), timezone: '+02:00'}) | 2020-01-01T10:00+02:00
                    datetime({date: datetime('2020-01-01T10:00+01:00'), hour: 1}) | 2020-01-01T01:00Z
                    datetime({epochSeconds: 1, nanosecond: 5})       | 1970-01-01T00:00:01.000000005Z
                    datetime({epochMillis: 1500, timezone: '+01:00'}) | 1970-01-01T01:00:01.500+01:00
                    datetime.fromepoch(416779, 999999999)            | 1970-01-05T19:46:19.999999999Z
                    datetime.fromepochmillis(-1)                     | 1969-12-31T23:59:59.999Z
                    datetime(datetime('2017-10-29T02:30+01:00[Europe/Stockholm]')) | 2017-10-29T02:30+01:00[Europe/Stockholm]
                    date(localdatetime('2020-02-29T10:00'))          | 2020-02-29
                    time(datetime('2020-07-01T10:00[Europe/Stockholm]')) | 10:00+02:00
                    duration({years: 12.5, months: 5.5, days: 14.5, hours: 16.5, minutes: 12.5, seconds: 70.5, nanoseconds: 3}) | P12Y11M29DT33H58M13.500000003S
                    duration({months: 0.75})                         | P22DT19H51M49.5S
                    duration({quarters: 1, weeks: 1, milliseconds: -1}) | P3M7DT-0.001S
                    duration({days: 0.1})                            | PT2H24M
                    duration({})                                     | PT0S
                    """)
    void buildsFromComponents(String expression, String expected) {
        assertThat(Evaluate.shown(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    date.truncate('millennium', date('2017-10-11'))          | 2000-01-01
                    date.truncate('century', date('-0001-10-11'))            | -0100-01-01
                    date.truncate('decade', date('1984-10-11'), {day: 2})    | 1980-01-02
                    date.truncate('weekYear', date('1984-01-01'))            | 1983-01-03
                    date.truncate('QUARTER', date('1984-11-11'))             | 1984-10-01
                    date.truncate('week', date('1984-10-11'), {dayOfWeek: 2}) | 1984-10-09
                    date.truncate('day')                                     | 2024-02-29
                    datetime.truncate('hour', datetime('2020-02-29T10:20-01:00'), {timezone: 'Europe/Stockholm'}) | 2020-02-29T10:00+01:00[Europe/Stockholm]
                    datetime.truncate('day', date('2020-02-29'), {nanosecond: 2}) | 2020-02-29T00:00:00.000000002Z
                    localdatetime.truncate('millisecond', localdatetime('2020-02-29T10:20:30.123456789'), {nanosecond: 2}) | 2020-02-29T10:20:30.123000002
                    localtime.truncate('minute', time('10:20:30+01:00'))     | 10:20
                    time.truncate('microsecond', localtime('10:20:30.123456789')) | 10:20:30.123456Z
                    time.truncate('day', datetime('2020-02-29T10:20-01:00')) | 00:00-01:00
                    """)
    void truncates(String expression, String expected) {
        assertThat(Evaluate.shown(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    date('2020-01-31') + duration('P1M')             | 2020-02-29
                    duration('P1D') + date('2020-01-31')             | 2020-02-01
                    date('2020-01-31') + duration('PT47H')           | 2020-02-01
                    date('2020-01-31') - duration('PT47H')           | 2020-01-30
                    date('2020-01-31') - duration('PT23H59M59.999S') | 2020-01-31
                    localtime('23:00') + duration('P1DT2H')          | 01:00
                    time('01:00+01:00') - duration('PT2H')           | 23:00+01:00
                    localdatetime('2020-01-31T00:00') + duration('P1M1DT-1S') | 2020-02-29T23:59:59
                    datetime('2017-10-29T00:00[Europe/Stockholm]') + duration('P1D')   | 2017-10-30T00:00+01:00[Europe/Stockholm]
                    datetime('2017-10-29T00:00[Europe/Stockholm]') + duration('PT24H') | 2017-10-29T23:00+01:00[Europe/Stockholm]
                    duration('P1M') + duration('P1D')                | P1M1D
                    duration('P1M') - duration('P1MT1S')             | PT-1S
                    -duration('P1DT0.5S')                            | P-1DT-0.5S
                    duration('P1M') * 0.5                            | P15DT5H14M33S
                    2 * duration('P1DT1S')                           | P2DT2S
                    duration('P1M') / 3                              | P10DT3H29M42S
                    duration('P12Y5M14DT16H13M10.000000001S') / 2    | P6Y2M22DT13H21M8S
                    """)
    void calculates(String expression, String expected) {
        assertThat(Evaluate.shown(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    duration.between(date('1984-10-11'), date('2015-06-24'))                     | P30Y8M13D
                    duration.between(date('2015-06-24'), date('1984-10-11'))                     | P-30Y-8M-13D
                    duration.between(localtime('14:30'), date('2015-06-24'))                     | PT-14H-30M
                    duration.between(time('14:30'), time('16:30+0100'))                          | PT1H
                    duration.between(date('1984-10-11'), time('16:30+0100'))                     | PT16H30M
                    duration.between(localdatetime('2018-01-02T10:00:00.1'), localdatetime('2018-01-01T10:00:00.2')) | PT-23H-59M-59.9S
                    duration.between(datetime('2017-10-28T23:00[Europe/Stockholm]'), datetime('2017-10-29T04:00[Europe/Stockholm]')) | PT6H
                    duration.between(date('-999999999-01-01'), date('+999999999-12-31'))         | P1999999998Y11M30D
                    duration.inMonths(date('2018-07-21'), datetime('2016-07-21T21:40:32.142+0100')) | P-1Y-11M
                    duration.inDays(datetime('2014-07-21T21:40:36.143+0200'), date('2015-06-24')) | P337D
                    duration.inSeconds(datetime('2017-10-29T00:00[Europe/Stockholm]'), date('2017-10-30')) | PT25H
                    duration.inSeconds(localdatetime('-999999999-01-01'), localdatetime('+999999999-12-31T23:59:59')) | PT17531639991215H59M59S
                    duration.inSeconds(datetime('2017-10-29T02:30+02:00[Europe/Stockholm]'), datetime('2017-10-29T02:30+01:00[Europe/Stockholm]')) | PT1H
                    duration.inSeconds(localtime('12:34:56.3'), localtime('12:34:54.7'))         | PT-1.6S
                    """)
    void measuresWhatLiesBetween(String expression, String expected) {
        assertThat(Evaluate.shown(expression)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    [d IN [date('1984-01-01')] ¦ [d.year, d.quarter, d.month, d.week, d.weekYear, d.day, d.ordinalDay, d.weekDay, d.dayOfWeek, d.dayOfQuarter]] | [[1984, 1, 1, 52, 1983, 1, 1, 7, 7, 1]]
                    [t IN [localtime('12:31:14.645876123')] ¦ [t.hour, t.minute, t.second, t.millisecond, t.microsecond, t.nanosecond]] | [[12, 31, 14, 645, 645876, 645876123]]
                    [t IN [time('12:31-01:30')] ¦ [t.timezone, t.offset, t.offsetMinutes, t.offsetSeconds]] | [['-01:30', '-01:30', -90, -5400]]
                    [d IN [datetime('1984-11-11T12:31:14.645[Europe/Stockholm]')] ¦ [d.timezone, d.offset, d.epochSeconds, d.epochMillis, d.HOUR]] | [['Europe/Stockholm', '+01:00', 469020674, 469020674645, 12]]
                    [d IN [duration('P1Y4M10DT1H1M1.111111111S')] ¦ [d.years, d.quarters, d.months, d.weeks, d.days, d.hours, d.minutes, d.seconds]] | [[1, 5, 16, 1, 10, 1, 61, 3661]]
                    [d IN [duration('P1Y4M10DT1H1M1.111111111S')] ¦ [d.milliseconds, d.microseconds, d.nanoseconds]] | [[3661111, 3661111111, 3661111111111]]
                    [d IN [duration('P1Y4M10DT1H1M1.111111111S')] ¦ [d.quartersOfYear, d.monthsOfQuarter, d.monthsOfYear, d.daysOfWeek, d.minutesOfHour, d.secondsOfMinute]] | [[1, 1, 4, 3, 1, 1]]
                    [d IN [duration('PT-0.1S')] ¦ [d.seconds, d.milliseconds, d.nanosecondsOfSecond]] | [[-1, -100, 900000000]]
                    """)
    void takesApart(String expression, String expected) {
        assertThat(Evaluate.text(expression.replace('¦', '|'))).isEqualTo(Evaluate.text(expected));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    date('2021-02-29')                        | ARGUMENT_ERROR [InvalidArgumentValue]
                    date('soon')                              | ARGUMENT_ERROR [InvalidArgumentValue]
                    date('2020-W54')                          | ARGUMENT_ERROR [InvalidArgumentValue]
                    localtime('25:00')                        | ARGUMENT_ERROR [InvalidArgumentValue]
                    time('10:00+19:00')                       | ARGUMENT_ERROR [InvalidArgumentValue]
                    time('10:00[Europe/Stockholm]')           | ARGUMENT_ERROR [InvalidArgumentValue]
                    datetime('2020-01-01T10:00[Middle/Earth]') | ARGUMENT_ERROR [InvalidArgumentValue]
                    datetime('2020-01-01T10:00+05:00[Europe/Stockholm]') | ARGUMENT_ERROR [InvalidArgumentValue]
                    duration('P')                             | ARGUMENT_ERROR [InvalidArgumentValue]
                    duration('P1S')                           | ARGUMENT_ERROR [InvalidArgumentValue]
                    duration('PT99999999999999999999S')       | ARITHMETIC_ERROR [IntegerOverflow]
                    date({month: 1})                          | ARGUMENT_ERROR [InvalidArgumentValue]
                    date({year: 2020, day: 1})                | ARGUMENT_ERROR [InvalidArgumentValue]
                    date({year: 2020, month: 13})             | ARGUMENT_ERROR [InvalidArgumentValue]
                    date({year: 2020, month: 1, week: 1})     | ARGUMENT_ERROR [InvalidArgumentValue]
                    date({year: 2020, quarter: 1, dayOfQuarter: 92}) | ARGUMENT_ERROR [InvalidArgumentValue]
                    date({year: 2020, hour: 1})               | ARGUMENT_ERROR [InvalidArgumentValue]
                    date({year: 1.5})                         | TYPE_ERROR [InvalidArgumentValue]
                    date({year: null})                        | TYPE_ERROR [InvalidArgumentValue]
                    date({year: 99999999999})                 | ARGUMENT_ERROR [InvalidArgumentValue]
                    date({date: localtime('10:00')})          | ARGUMENT_ERROR [InvalidArgumentValue]
                    date({date: 1})                           | TYPE_ERROR [InvalidArgumentValue]
                    date(1)                                   | TYPE_ERROR [InvalidArgumentValue]
                    localtime({minute: 1})                    | ARGUMENT_ERROR [InvalidArgumentValue]
                    localtime({hour: 1, minute: 1, second: 1, millisecond: 1, nanosecond: 1000000}) | ARGUMENT_ERROR [InvalidArgumentValue]
                    localdatetime({datetime: datetime(), time: localtime()}) | ARGUMENT_ERROR [InvalidArgumentValue]
                    datetime({year: 2020, timezone: 1})       | TYPE_ERROR [InvalidArgumentValue]
                    date.truncate('fortnight', date())        | ARGUMENT_ERROR [InvalidArgumentValue]
                    date.truncate('hour', date())             | ARGUMENT_ERROR [InvalidArgumentValue]
                    localtime.truncate('hour', date())        | ARGUMENT_ERROR [InvalidArgumentValue]
                    localtime.truncate('week', localtime())   | ARGUMENT_ERROR [InvalidArgumentValue]
                    date().hour                               | ARGUMENT_ERROR [InvalidArgumentValue]
                    date('+999999999-12-31') + duration('P1D') | ARITHMETIC_ERROR [NumberOutOfRange]
                    duration('P1D') / 0                       | ARITHMETIC_ERROR [DivisionByZero]
                    duration('P1D') * (0.0 / 0.0)             | ARITHMETIC_ERROR [NumberOutOfRange]
                    duration({days: 1e30})                    | ARITHMETIC_ERROR [IntegerOverflow]
                    duration({days: 'a'})                     | TYPE_ERROR [InvalidArgumentValue]
                    duration({day: 1})                        | ARGUMENT_ERROR [InvalidArgumentValue]
                    duration.between(date(), 1)               | TYPE_ERROR [InvalidArgumentValue]
                    datetime.fromepoch(9223372036854775807, 0) | ARGUMENT_ERROR [NumberOutOfRange]
                    """)
    void refusesWhatIsNoDateTimeOrDuration(String expression, String expected) {
        assertThat(Evaluate.failure(expression)).isEqualTo(expected);
    }

    @Test
    void theClocksComeFromTheRun() {
        assertThat(Evaluate.shown("datetime()")).isEqualTo(FakeRun.STATEMENT_TIME.toString());
        assertThat(Evaluate.shown("datetime.statement()")).isEqualTo(FakeRun.STATEMENT_TIME.toString());
        assertThat(Evaluate.shown("datetime.transaction()")).isEqualTo(FakeRun.TRANSACTION_TIME.toString());
        assertThat(Evaluate.shown("datetime.realtime()")).isEqualTo(FakeRun.REALTIME.toString());
        assertThat(Evaluate.shown("date.realtime()")).isEqualTo("2024-03-01");
        assertThat(Evaluate.shown("date.transaction('+01:00')")).isEqualTo("2024-03-01");
        assertThat(Evaluate.shown("localtime()")).isEqualTo("23:59:59.000000001");
        assertThat(Evaluate.shown("time('10:00')")).isEqualTo("10:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "P12Y5M-14DT16H",
        "PT11M",
        "PT1.999S",
        "PT-1.999S",
        "PT-2.001S",
        "P1DT-0.001S",
        "PT-59.999S",
        "PT-1M-0.001S",
        "P-1Y-1M",
        "PT0S",
        "PT-0.000000001S"
    })
    void durationsAreWrittenAsTheyAreRead(String text) {
        assertThat(DurationText.format(DurationText.parse(text))).isEqualTo(text);
    }
}
