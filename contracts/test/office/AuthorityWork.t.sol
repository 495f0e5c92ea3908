// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {Office} from "./Office.t.sol";

/// @title Authorities are appointed and dismissed
abstract contract AuthorityWork is Office {
    uint24[6] internal regions = [0, 460000, 460200, 460203, 460100, 440000];

    /// @dev From when on an official is an authority over a region; 0: not appointed.
    mapping(uint24 region => mapping(uint256 who => uint256)) private _since;

    /// @notice What the authority registry's last number should be.
    uint64 public appointments;

    /// @dev Official i after the nation is the authority over region i.
    constructor() {
        appointments = access.sequence();
        for (uint256 i = 0; i < regions.length; i++) {
            _since[regions[i]][NATION + i] = _sinceOnChain(regions[i], NATION + i);
        }
    }

    function appoint(uint256 who, uint256 whom, uint256 where) external {
        uint24 region = regions[where % 6];
        whom = _official(whom);
        uint256 allowed = _since[region][whom] == 0 ? _authoritiesAbove(region) : 0;
        bytes memory call = abi.encodeCall(access.appoint, (region, people[whom], ""));
        if (_act(who, allowed, address(access), call)) _appointed(region, whom);
    }

    function appointNational(uint256 who, uint256 whom) external {
        whom = _official(whom);
        uint256 allowed = _since[0][whom] == 0 ? 1 << ADMINISTRATOR : 0;
        bytes memory call = abi.encodeCall(access.appointNational, (people[whom], ""));
        if (_act(who, allowed, address(access), call)) _appointed(0, whom);
    }

    function dismiss(uint256 who, uint256 whom, uint256 where) external {
        uint24 region = regions[where % 6];
        whom = _official(whom);
        uint256 allowed = _authoritiesAbove(region) | (1 << whom) | (1 << ADMINISTRATOR);
        if (_since[region][whom] == 0) allowed = 0;
        bytes memory call = abi.encodeCall(access.dismiss, (region, people[whom], ""));
        if (!_act(who, allowed, address(access), call)) return;
        _since[region][whom] = 0;
        appointments++;
        _expect(_sinceOnChain(region, whom) == 0);
    }

    /// @dev Compares every authority with the books.
    function _compareAuthorities() internal {
        for (uint256 i = 0; i < regions.length; i++) {
            for (uint256 who = NATION; who <= STRANGER; who++) {
                _expect(_sinceOnChain(regions[i], who) == _since[regions[i]][who]);
            }
        }
    }

    function _authoritiesOver(uint24 region) internal view returns (uint256) {
        return _holders(region) | _authoritiesAbove(region);
    }

    function _authoritiesAbove(uint24 region) internal view returns (uint256 set) {
        uint24 city = (region / 100) * 100;
        uint24 province = (region / 10_000) * 10_000;
        if (region != 0) set = _holders(0);
        if (region != province) set |= _holders(province);
        if (region != city) set |= _holders(city);
    }

    function _holders(uint24 region) private view returns (uint256 set) {
        for (uint256 who = NATION; who <= STRANGER; who++) {
            uint256 since = _since[region][who];
            if (since != 0 && since <= block.timestamp) set |= 1 << who;
        }
    }

    function _appointed(uint24 region, uint256 whom) private {
        _since[region][whom] = block.timestamp + access.appointmentDelay();
        appointments++;
        _expect(_sinceOnChain(region, whom) == _since[region][whom]);
    }

    function _sinceOnChain(uint24 region, uint256 whom) private view returns (uint256 since) {
        (since, , , ) = access.getAccess(1_000_000 + uint64(region), people[whom]);
    }

    function _official(uint256 whom) private pure returns (uint256) {
        return NATION + (whom % (STRANGER - NATION + 1));
    }
}
