/**
 * Counts the requests of each route. A series has only labels that objects say, so that there are never more than routes, Services, methods and
 * statuses make; what no route took is one series for each status.
 */
@NullMarked
package dev.adit.observe.series;

import org.jspecify.annotations.NullMarked;
