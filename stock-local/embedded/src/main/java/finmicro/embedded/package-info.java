/** Real database and queue servers on loopback, for tests and for the local system. */
package finmicro.embedded;
