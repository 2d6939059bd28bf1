package finmicro.common.time;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;

/**
 * Japan Standard Time and the forms in which it goes over the wire and into the tables: a date is an int
 * {@code yyyyMMdd}, a time {@code HH:mm:ss} on the 24-hour clock, an update time RFC 3339 with {@code +09:00}.
 */
@ApplicationScoped
public class JapanTime {

    /** The zone of every date and time in this system. */
    public static final ZoneId JST = ZoneId.of("Asia/Tokyo");

    /** A time with seconds; 24:00:00 and 12:60:00 do not exist. */
    public static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    /** A time of a price, without seconds. */
    public static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

    private static final DateTimeFormatter DATE =
            // Not the pattern uuuuMMdd, which takes a minus sign for a year before Christ.
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 4)
                    .appendValue(ChronoField.MONTH_OF_YEAR, 2)
                    .appendValue(ChronoField.DAY_OF_MONTH, 2)
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    /** The wall clock for dates and timestamps; tests bring their own. */
    @Produces
    public Clock clock() {
        return Clock.system(JST);
    }

    /** The monotonic time source for intervals; tests bring their own. */
    @Produces
    public Ticker ticker() {
        return Ticker.SYSTEM;
    }

    /**
     * @param yyyymmdd a date as it is on the wire
     * @throws java.time.DateTimeException when there is no such date
     */
    public static LocalDate date(int yyyymmdd) {
        return LocalDate.parse(Integer.toString(yyyymmdd), DATE);
    }

    /** The date as it is on the wire: an int yyyyMMdd. */
    public static int number(LocalDate date) {
        return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    }

    /** The time as it is on the wire: HH:mm:ss. */
    public static String text(LocalTime time) {
        return time.format(TIME);
    }

    /** The time stamp as it is on the wire and in the tables, with seconds even where they are 0. */
    public static String text(OffsetDateTime time) {
        return time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    /** Now, in whole seconds, as an update time wants it. */
    public static OffsetDateTime now(Clock clock) {
        return of(clock.instant());
    }

    /** That moment, in whole seconds, as an update time wants it. */
    public static OffsetDateTime of(Instant moment) {
        return moment.atZone(JST).toOffsetDateTime().truncatedTo(ChronoUnit.SECONDS);
    }
}
