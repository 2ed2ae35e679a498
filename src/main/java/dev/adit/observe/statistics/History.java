package dev.adit.observe.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The last hour of one subject: six slots of ten seconds, ten of a minute and five of ten minutes. The windows are made of whole
 * slots and of what has come since the last one.
 */
final class History {
    static final int SLOT_SECONDS = 10;

    private static final int SLOTS_OF_MINUTE = 6;
    private static final int MINUTES_OF_TEN = 10;
    private static final int TENS_OF_HOUR = 5;

    private final Slot[] slots = filled(SLOTS_OF_MINUTE);
    private final Slot[] minutes = filled(MINUTES_OF_TEN);
    private final Slot[] tens = filled(TENS_OF_HOUR);
    // What had been counted when the last slot ended.
    private Slot before = Slot.EMPTY;
    private long turns;

    /** Begins at a turn, so that all histories have their slots at the same times. */
    History(long turns) {
        this.turns = turns;
    }

    private static Slot[] filled(int length) {
        var slots = new Slot[length];
        Arrays.fill(slots, Slot.EMPTY);
        return slots;
    }

    /**
     * Ends a slot.
     *
     * @param turn its number, from 0
     * @param total all that has been counted so far
     */
    void turn(long turn, int[] total) {
        set(slots, turn, Slot.of(since(total)));
        before = Slot.of(total);
        turns = turn + 1;
        if (turns % SLOTS_OF_MINUTE == 0) {
            set(minutes, turns / SLOTS_OF_MINUTE - 1, sum(slots));
            if (turns % (SLOTS_OF_MINUTE * MINUTES_OF_TEN) == 0) {
                set(tens, turns / (SLOTS_OF_MINUTE * MINUTES_OF_TEN) - 1, sum(minutes));
            }
        }
    }

    private static void set(Slot[] ring, long place, Slot slot) {
        ring[(int) (place % ring.length)] = slot;
    }

    private static Slot sum(Slot[] ring) {
        var sums = new long[Tally.SIZE];
        for (var slot : ring) {
            slot.addTo(sums);
        }
        var counts = new int[Tally.SIZE];
        for (var i = 0; i < counts.length; i++) {
            counts[i] = (int) sums[i];
        }
        return Slot.of(counts);
    }

    private int[] since(int[] total) {
        var counted = new long[Tally.SIZE];
        before.addTo(counted);
        var difference = new int[Tally.SIZE];
        for (var i = 0; i < difference.length; i++) {
            difference[i] = total[i] - (int) counted[i]; // both may have wrapped
        }
        return difference;
    }

    /** Whether nothing has been counted for an hour. */
    boolean isIdle(int[] total) {
        return all().stream().allMatch(Slot::isEmpty) && Slot.of(since(total)).isEmpty();
    }

    private List<Slot> all() {
        var all = new ArrayList<>(List.of(slots));
        all.addAll(List.of(minutes));
        all.addAll(List.of(tens));
        return all;
    }

    /** What has been counted in a window, and how many slots that are over it has. */
    private int addTo(long[] sums, Window window) {
        var ofMinute = (int) (turns % SLOTS_OF_MINUTE);
        var ofTen = (int) (turns / SLOTS_OF_MINUTE % MINUTES_OF_TEN);
        return switch (window) {
            case MINUTE -> last(slots, turns, SLOTS_OF_MINUTE - 1, sums);
            case TEN_MINUTES ->
                last(slots, turns, ofMinute, sums)
                        + SLOTS_OF_MINUTE * last(minutes, turns / SLOTS_OF_MINUTE, MINUTES_OF_TEN - 1, sums);
            case HOUR ->
                last(slots, turns, ofMinute, sums)
                        + SLOTS_OF_MINUTE * last(minutes, turns / SLOTS_OF_MINUTE, ofTen, sums)
                        + SLOTS_OF_MINUTE
                                * MINUTES_OF_TEN
                                * last(tens, turns / SLOTS_OF_MINUTE / MINUTES_OF_TEN, TENS_OF_HOUR, sums);
        };
    }

    private static int last(Slot[] ring, long end, int count, long[] sums) {
        var there = (int) Math.min(end, count);
        for (var i = 1; i <= there; i++) {
            ring[(int) ((end - i) % ring.length)].addTo(sums);
        }
        return there;
    }

    /**
     * The signals of a window.
     *
     * @param total all that has been counted so far
     * @param sinceTurn seconds since the last slot ended
     */
    Signals signals(Window window, int[] total, double sinceTurn) {
        var sums = new long[Tally.SIZE];
        var over = addTo(sums, window);
        var now = since(total);
        for (var i = 0; i < sums.length; i++) {
            sums[i] += Integer.toUnsignedLong(now[i]);
        }
        return Signals.of(sums, (double) over * SLOT_SECONDS + sinceTurn);
    }
}
