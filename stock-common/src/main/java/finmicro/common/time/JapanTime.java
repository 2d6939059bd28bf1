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
 * Japan Standard Time, and its formats on the wire and in the tables: a date is an int {@code yyyyMMdd}, a time is
 * {@code HH:mm:ss} on the 24-hour clock, an update time is RFC 3339 with {@code +09:00}.
 */
@ApplicationScoped
public class JapanTime {

    /** The zone of every date and time in this system. */
    public static final ZoneId JST = ZoneId.of("Asia/Tokyo");

    /** A time with seconds; 24:00:00 and 12:60:00 are invalid. */
    public static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    /** A time of a price, without seconds. */
    public static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm");

    private static final DateTimeFormatter DATE =
            // Not the pattern uuuuMMdd, which accepts negative years.
            new DateTimeFormatterBuilder()
                    .appendValue(ChronoField.YEAR, 4)
                    .appendValue(ChronoField.MONTH_OF_YEAR, 2)
                    .appendValue(ChronoField.DAY_OF_MONTH, 2)
                    .toFormatter()
                    .withResolverStyle(ResolverStyle.STRICT);

    /** The wall clock for dates and timestamps; tests replace it. */
    @Produces
    public Clock clock() {
        return Clock.system(JST);
    }

    /** The monotonic time source for intervals; tests replace it. */
    @Produces
    public Ticker ticker() {
        return Ticker.SYSTEM;
    }

    /**
     * @param yyyymmdd a date in its wire format
     * @throws java.time.DateTimeException if the date does not exist
     */
    public static LocalDate date(int yyyymmdd) {
        return LocalDate.parse(Integer.toString(yyyymmdd), DATE);
    }

    /** The date in its wire format: an int yyyyMMdd. */
    public static int number(LocalDate date) {
        return date.getYear() * 10_000 + date.getMonthValue() * 100 + date.getDayOfMonth();
    }

    /** The time in its wire format: HH:mm:ss. */
    public static String text(LocalTime time) {
        return time.format(TIME);
    }

    /** The timestamp in its format on the wire and in the tables, with seconds even if they are 0. */
    public static String text(OffsetDateTime time) {
        return time.format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    }

    /** The current update time, in whole seconds. */
    public static OffsetDateTime now(Clock clock) {
        return of(clock.instant());
    }

    /** The instant as an update time, in whole seconds. */
    public static OffsetDateTime of(Instant moment) {
        return moment.atZone(JST).toOffsetDateTime().truncatedTo(ChronoUnit.SECONDS);
    }
}
