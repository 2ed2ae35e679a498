/** The API behind the page: {@code /api/v1/} on the management port, read-only. {@code openapi.yaml} describes it. */
@NullMarked
package dev.adit.admin.api;

import org.jspecify.annotations.NullMarked;
