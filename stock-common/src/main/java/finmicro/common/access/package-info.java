/** Access control: access tokens of a trusted issuer, and the roles in them. */
package finmicro.common.access;
