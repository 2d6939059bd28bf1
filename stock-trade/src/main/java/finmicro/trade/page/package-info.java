/** The trading screen: its configuration, and the security headers of its responses. */
package finmicro.trade.page;
