/** The whole system on this machine, on loopback: database, queues, counter table and the four servers. */
package finmicro.local;
