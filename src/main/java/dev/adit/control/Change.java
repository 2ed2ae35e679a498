package dev.adit.control;

import java.time.Instant;

/**
 * A change of the routing table.
 *
 * @param generation the number of the table
 * @param certificates the number of hosts that have one
 * @param problems that there were at that time
 */
public record Change(Instant at, long generation, int ingresses, int hosts, int certificates, int problems) {}
