package dev.adit.text;

/** A page of lines, each of which is one line whatever is in it. */
public final class Lines {
    private final StringBuilder text = new StringBuilder();

    /** Adds a line. */
    public Lines add(String line) {
        text.append(Visible.of(line)).append('\n');
        return this;
    }

    /** Adds the lines of another page. */
    public Lines add(Lines others) {
        text.append(others.text);
        return this;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
