/** Distinguishes transient failures of databases, AWS and other dependencies from permanent ones. */
package finmicro.common.outage;
