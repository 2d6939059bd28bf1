/** What a stock is: its name and its industry. */
package finmicro.items.attribute;
