package dev.adit.observe.log;

import dev.adit.observe.Finished;

/** A variable of nginx, or a text between two of them. */
@FunctionalInterface
interface NginxVariable {
    void write(Finished request, Line line);
}
