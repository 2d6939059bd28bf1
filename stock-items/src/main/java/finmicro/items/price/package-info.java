/** What a stock cost, minute by minute: stored from the queue, served as history. */
package finmicro.items.price;
