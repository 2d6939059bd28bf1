/** Stock attributes: name and industry. */
package finmicro.items.attribute;
