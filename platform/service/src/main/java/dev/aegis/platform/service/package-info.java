/** What all services have in common. */
@NullMarked
package dev.aegis.platform.service;

import org.jspecify.annotations.NullMarked;
