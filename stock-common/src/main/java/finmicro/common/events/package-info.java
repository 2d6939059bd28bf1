/** Server-sent events: what changes in a service's database, told to whoever listens. */
package finmicro.common.events;
