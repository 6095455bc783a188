"""Steps that build the database, in order; the first holds the SQL functions of the search."""
