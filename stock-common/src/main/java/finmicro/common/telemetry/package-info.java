/** Traces, metrics and log fields that MicroProfile Telemetry does not provide. */
package finmicro.common.telemetry;
