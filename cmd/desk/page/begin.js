// The last script: the first screen is drawn, and then the core is fetched.
desk.begin();
