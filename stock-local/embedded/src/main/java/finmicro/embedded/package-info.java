/** The database and the queues as real servers on loopback, for tests and for the local system. */
package finmicro.embedded;
