/** Whether what is stored agrees with what it was made of. */
package finmicro.common.reconciliation;
