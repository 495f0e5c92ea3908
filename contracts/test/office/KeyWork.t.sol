// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IAgencyRegistry} from "../../interfaces/IAgencyRegistry.sol";
import {AgencyWork} from "./AgencyWork.t.sol";

/// @title Document keys are added, ended, distrusted and trusted again
abstract contract KeyWork is AgencyWork {
    enum State {
        Unknown,
        Trusted,
        Ended,
        Distrusted
    }

    mapping(bytes18 agency => mapping(uint256 key => State)) private _states;
    mapping(bytes18 agency => mapping(uint256 key => State)) private _formerStates;

    /// @dev Point 0 lies on curve 0 and point 1 on curve 1.
    function addKey(uint256 who, uint256 which, uint256 key, uint8 algorithm) external {
        bytes18 agency = agencies[which % 6];
        (key, algorithm) = (key % 3, algorithm % 2);
        bool isGood = key == algorithm && _states[agency][key] == State.Unknown;
        (bytes32 x, bytes32 y) = _point(key);
        bytes memory call = abi.encodeCall(
            registry.addDocumentKey,
            (agency, IAgencyRegistry.KeyAlgorithm(algorithm), x, y, 0, 0, "")
        );
        if (_changeRegistry(who, isGood ? _authoritiesOf(agency) : 0, call)) {
            _states[agency][key] = State.Trusted;
        }
    }

    function endKey(uint256 who, uint256 which, uint256 key) external {
        bytes18 agency = agencies[which % 6];
        key %= 3;
        uint256 allowed = _states[agency][key] == State.Trusted ? _authoritiesOf(agency) : 0;
        bytes memory call = abi.encodeCall(registry.endDocumentKey, (agency, _idOf(key), ""));
        if (_changeRegistry(who, allowed, call)) _states[agency][key] = State.Ended;
    }

    function distrustKey(uint256 who, uint256 which, uint256 key) external {
        bytes18 agency = agencies[which % 6];
        key %= 3;
        State state = _states[agency][key];
        bool isGood = state == State.Trusted || state == State.Ended;
        bytes memory call = abi.encodeCall(registry.distrustDocumentKey, (agency, _idOf(key), ""));
        if (!_changeRegistry(who, isGood ? _authoritiesOf(agency) : 0, call)) return;
        _formerStates[agency][key] = state;
        _states[agency][key] = State.Distrusted;
    }

    function liftKeyDistrust(uint256 who, uint256 which, uint256 key) external {
        bytes18 agency = agencies[which % 6];
        key %= 3;
        uint256 allowed = _states[agency][key] == State.Distrusted ? _authoritiesOf(agency) : 0;
        bytes memory call = abi.encodeCall(
            registry.liftDocumentKeyDistrust,
            (agency, _idOf(key), "")
        );
        if (!_changeRegistry(who, allowed, call)) return;
        _states[agency][key] = _formerStates[agency][key];
    }

    function _idOf(uint256 key) private pure returns (bytes32) {
        (bytes32 x, bytes32 y) = _point(key);
        return keccak256(abi.encode(x, y));
    }

    /// @dev The base points of P-256 and of SM2's curve, and a point that lies on neither.
    function _point(uint256 key) private pure returns (bytes32 x, bytes32 y) {
        if (key == 0) {
            x = 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296;
            y = 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5;
        } else if (key == 1) {
            x = 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7;
            y = 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0;
        } else (x, y) = (bytes32(uint256(1)), bytes32(uint256(1)));
    }
}
