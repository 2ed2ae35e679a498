package dev.adit.observe;

/** What has become of the lines of the access log. */
public interface LineCounts {
    /** Where there is no access log. */
    LineCounts NONE = new LineCounts() {
        @Override
        public long lines() {
            return 0;
        }

        @Override
        public long lost() {
            return 0;
        }
    };

    /** How many have been written. */
    long lines();

    /** How many came faster than they could be written, or could not be written at all. */
    long lost();
}
