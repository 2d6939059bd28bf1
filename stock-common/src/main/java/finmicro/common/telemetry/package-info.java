/** Traces, metrics, and what a log line says of both: as far as MicroProfile Telemetry does not do it by itself. */
package finmicro.common.telemetry;
