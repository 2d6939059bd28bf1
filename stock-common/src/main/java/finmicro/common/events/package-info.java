/** Server-sent events: sends the changes in a service's database to subscribers. */
package finmicro.common.events;
