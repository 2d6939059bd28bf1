/** Stock prices by minute: stored from the queue, served as history and as events. */
package finmicro.items.price;
